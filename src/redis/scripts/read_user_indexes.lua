-- Reads users' indexes and changes nothing.
--
-- KEYS[1..n]  <ns>:{shard}:user:<user>
--
-- Two values for each index, in order: its members (0 when it is no sorted set), and when it ends (ms since 1970; -1 for
-- never, -2 when nothing is there).
local replies = {}
for n, key in ipairs(KEYS) do
  local ids = redis.pcall("ZRANGE", key, 0, -1)
  if ids.err then
    if not string.find(ids.err, "WRONGTYPE", 1, true) then
      return ids
    end
    ids = 0
  end
  replies[2 * n - 1] = ids
  replies[2 * n] = redis.call("PEXPIRETIME", key)
end
return replies
