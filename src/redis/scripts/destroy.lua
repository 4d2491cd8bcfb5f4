-- Ends a session: record and index entries go, a tombstone says why.
--
-- KEYS[1]  <ns>:{shard}:session:<id>
-- KEYS[2]  <ns>:{shard}:gone:<id>
-- KEYS[3]  <ns>:{shard}:live
-- KEYS[4]  <ns>:{shard}:flagged
-- KEYS[5]  <ns>:{shard}:events
-- KEYS[6]  <ns>:{shard}:cutoff
-- KEYS[7]  <ns>:{shard}:user:<user>   left out for an anonymous session
-- ARGV[1]  session id
-- ARGV[2]  tombstone
-- ARGV[3]  life of the tombstone, ms
-- ARGV[4]  about how many events are kept
-- ARGV[5]  when the session was created, ms: should a cutoff have revoked it, it is left as it is; empty to end it anyhow
-- ARGV[6]  the event: JSON that begins after the id; empty for none
--
-- An index of another type does not keep a session from being ended.
--
-- The record that was there (0 when the key was no string), or nil when there was nothing: then no tombstone is left.
-- 1 when a cutoff has revoked it: nothing was written.
if ARGV[5] ~= "" then
  local cutoff = redis.call("GET", KEYS[6])
  if cutoff and tonumber(cutoff) > tonumber(ARGV[5]) then
    return 1
  end
end
local record = redis.pcall("GETDEL", KEYS[1])
if type(record) == "table" then
  if not string.find(record.err, "WRONGTYPE", 1, true) then
    return record
  end
  redis.call("DEL", KEYS[1])
  record = 0
end
redis.pcall("ZREM", KEYS[3], ARGV[1])
redis.pcall("ZREM", KEYS[4], ARGV[1])
if KEYS[7] then
  redis.pcall("ZREM", KEYS[7], ARGV[1])
end
if record then
  redis.call("SET", KEYS[2], ARGV[2], "PX", ARGV[3])
  if ARGV[6] ~= "" then
    redis.call("XADD", KEYS[5], "MAXLEN", "~", ARGV[4], "*", "e", '{"id":"' .. ARGV[1] .. '",' .. ARGV[6])
  end
end
return record
