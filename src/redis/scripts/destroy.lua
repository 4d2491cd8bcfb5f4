-- Ends a session: record and index entries go, a tombstone says why.
--
-- KEYS[1]  <ns>:{shard}:session:<id>
-- KEYS[2]  <ns>:{shard}:gone:<id>
-- KEYS[3]  <ns>:{shard}:live
-- KEYS[4]  <ns>:{shard}:flagged
-- KEYS[5]  <ns>:{shard}:events
-- KEYS[6]  <ns>:{shard}:user:<user>   left out for an anonymous session
-- ARGV[1]  session id
-- ARGV[2]  tombstone
-- ARGV[3]  life of the tombstone, ms
-- ARGV[4]  about how many events are kept
-- ARGV[5..]  fields and values of the event, without the id; none for no event
--
-- An index of another type does not keep a session from being ended.
--
-- The record that was there (0 when the key was no string), or nil when there was nothing: then no tombstone is left.
local record = redis.pcall("GET", KEYS[1])
if type(record) == "table" then
  record = 0
end
redis.pcall("ZREM", KEYS[3], ARGV[1])
redis.pcall("ZREM", KEYS[4], ARGV[1])
if KEYS[6] then
  redis.pcall("ZREM", KEYS[6], ARGV[1])
end
if record then
  redis.call("DEL", KEYS[1])
  redis.call("SET", KEYS[2], ARGV[2], "PX", ARGV[3])
  if ARGV[5] then
    redis.call("XADD", KEYS[5], "MAXLEN", "~", ARGV[4], "*", "id", ARGV[1], unpack(ARGV, 5))
  end
end
return record
