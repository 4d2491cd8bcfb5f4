-- Reads sessions and changes nothing.
--
-- KEYS[1..n]  <ns>:{shard}:session:<id>
--
-- Two values for each session, in order: the record (nil when nothing is there, 0 when the key is no string), and the
-- end of its idle window (ms since 1970; -1 for none, -2 when nothing is there).
local replies = {}
for n, key in ipairs(KEYS) do
  local record = redis.pcall("GET", key)
  replies[2 * n - 1] = type(record) == "table" and 0 or record
  replies[2 * n] = redis.call("PEXPIRETIME", key)
end
return replies
