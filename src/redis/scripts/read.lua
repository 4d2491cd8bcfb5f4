-- Reads sessions and changes nothing.
--
-- KEYS[1..n]  <ns>:{shard}:session:<id>, at most 1,000
--
-- Two values for each session, in order: the record (nil when nothing is there, 0 when the key is no string), and the
-- end of its idle window (ms since 1970; -1 for none, -2 when nothing is there).
local replies = {}
local records = redis.call("MGET", unpack(KEYS))
for n, key in ipairs(KEYS) do
  local ends = redis.call("PEXPIRETIME", key)
  replies[2 * n - 1] = records[n] or ends ~= -2 and 0
  replies[2 * n] = ends
end
return replies
