-- Moves a session to a new id on the same shard. The old id is dead and the new one alive at the same instant.
--
-- KEYS[1]  <ns>:{shard}:session:<old id>
-- KEYS[2]  <ns>:{shard}:session:<new id>
-- KEYS[3]  <ns>:{shard}:gone:<old id>
-- KEYS[4]  <ns>:{shard}:live
-- KEYS[5]  <ns>:{shard}:flagged
-- KEYS[6]  <ns>:{shard}:events
-- KEYS[7]  <ns>:{shard}:user:<user>   left out for an anonymous session
-- ARGV[1]  record expected under the old id
-- ARGV[2]  record to write under the new id
-- ARGV[3]  old id
-- ARGV[4]  new id
-- ARGV[5]  now, ms
-- ARGV[6]  end of the new idle window, ms since 1970
-- ARGV[7]  absolute deadline, ms since 1970
-- ARGV[8]  tombstone of the old id
-- ARGV[9]  life of the tombstone, ms
-- ARGV[10] "keep" when the new id stays flagged, "clear" when it starts clean
-- ARGV[11] about how many events are kept
-- ARGV[12] the event: JSON that begins after the id
--
-- "ok"        moved; also when it was moved already by this very command
-- "gone"      there is no session under the old id; nothing was written
-- "conflict"  another record is under the old id; nothing was written
local current = redis.call("GET", KEYS[1])
if not current then
  return redis.call("GET", KEYS[2]) == ARGV[2] and "ok" or "gone"
elseif current ~= ARGV[1] then
  return "conflict"
end
redis.call("DEL", KEYS[1])
redis.call("SET", KEYS[3], ARGV[8], "PX", ARGV[9])
redis.call("SET", KEYS[2], ARGV[2], "PXAT", ARGV[6])
redis.call("ZREM", KEYS[4], ARGV[3])
redis.call("ZADD", KEYS[4], ARGV[5], ARGV[4])
local flagged = redis.call("ZSCORE", KEYS[5], ARGV[3])
if flagged then
  redis.call("ZREM", KEYS[5], ARGV[3])
  if ARGV[10] == "keep" then
    redis.call("ZADD", KEYS[5], flagged, ARGV[4])
  end
end
if KEYS[7] then
  redis.call("ZREM", KEYS[7], ARGV[3])
  redis.call("ZADD", KEYS[7], ARGV[7], ARGV[4])
  redis.call("PEXPIREAT", KEYS[7], redis.call("ZRANGE", KEYS[7], -1, -1, "WITHSCORES")[2])
end
redis.call("XADD", KEYS[6], "MAXLEN", "~", ARGV[11], "*", "e", '{"id":"' .. ARGV[4] .. '",' .. ARGV[12])
return "ok"
