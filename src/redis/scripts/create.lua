-- Writes a new session and its index entries.
--
-- KEYS[1]  <ns>:{shard}:session:<id>
-- KEYS[2]  <ns>:{shard}:live
-- KEYS[3]  <ns>:{shard}:events
-- KEYS[4]  <ns>:{shard}:user:<user>   left out for an anonymous session
-- ARGV[1]  record
-- ARGV[2]  session id
-- ARGV[3]  now, ms
-- ARGV[4]  end of the idle window, ms since 1970
-- ARGV[5]  absolute deadline, ms since 1970
-- ARGV[6]  about how many events are kept
-- ARGV[7]  the event: JSON that begins after the id
--
-- "ok"      written; also when this very record is there already, so that a command sent twice does no harm
-- "exists"  another record has the id; nothing was written
local call = redis.call
if not call("SET", KEYS[1], ARGV[1], "NX", "PXAT", ARGV[4]) then
  return call("GET", KEYS[1]) == ARGV[1] and "ok" or "exists"
end
call("ZADD", KEYS[2], ARGV[3], ARGV[2])
if KEYS[4] then
  call("ZADD", KEYS[4], ARGV[5], ARGV[2])
  -- To "later than" a key without a TTL is one that never ends.
  if call("PEXPIREAT", KEYS[4], ARGV[5], "GT") == 0 then
    call("PEXPIREAT", KEYS[4], ARGV[5], "NX")
  end
end
call("XADD", KEYS[3], "MAXLEN", "~", ARGV[6], "*", "e", '{"id":"' .. ARGV[2] .. '",' .. ARGV[7])
return "ok"
