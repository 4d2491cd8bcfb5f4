-- Ends those sessions of a user that the caller knows of, and tells which others the index holds by now. The caller
-- repeats with these until there are none: logins and rotations may race it, and a script touches only declared keys.
--
-- KEYS[1]  <ns>:{shard}:user:<user>
-- KEYS[2]  <ns>:{shard}:live
-- KEYS[3]  <ns>:{shard}:flagged
-- KEYS[4]  <ns>:{shard}:events
-- KEYS[5..n+4]     <ns>:{shard}:session:<id>
-- KEYS[n+5..2n+4]  <ns>:{shard}:gone:<id>
-- ARGV[1]  tombstone
-- ARGV[2]  life of the tombstone, ms
-- ARGV[3]  about how many events are kept
-- ARGV[4]  each one's event: JSON that begins after the id
-- ARGV[5..n+4]  session ids
--
-- { how many sessions ended, the other ids in the index }
local count = (#KEYS - 4) / 2
local ended = 0
for n = 1, count do
  local id = ARGV[n + 4]
  if redis.call("DEL", KEYS[n + 4]) == 1 then
    ended = ended + 1
    redis.call("SET", KEYS[n + 4 + count], ARGV[1], "PX", ARGV[2])
    redis.call("XADD", KEYS[4], "MAXLEN", "~", ARGV[3], "*", "e", '{"id":"' .. id .. '",' .. ARGV[4])
  end
  redis.call("ZREM", KEYS[1], id)
  redis.call("ZREM", KEYS[2], id)
  redis.call("ZREM", KEYS[3], id)
end
return { ended, redis.call("ZRANGE", KEYS[1], 0, -1) }
