-- Replaces a record by another if nobody changed it in between, keeps its idle window, and can set the session's score
-- in one index with it.
--
-- KEYS[1]  <ns>:{shard}:session:<id>
-- KEYS[2]  <ns>:{shard}:flagged (a client switch) or <ns>:{shard}:user:<user> (another deadline); left out when no
--          index changes
-- KEYS[3]  <ns>:{shard}:events, only with an index
-- ARGV[1]  record expected
-- ARGV[2]  record to write
-- ARGV[3]  session id
-- ARGV[4]  score in the index, ms since 1970; empty without one
-- ARGV[5]  about how many events are kept; with an index
-- ARGV[6]  the event: JSON that begins after the id; left out for no event
--
-- "ok"        written
-- "gone"      there is no such session; nothing was written
-- "conflict"  another record is there; nothing was written
local current = redis.call("GET", KEYS[1])
if not current then
  return "gone"
elseif current ~= ARGV[1] then
  return "conflict"
end
redis.call("SET", KEYS[1], ARGV[2], "KEEPTTL")
if KEYS[2] then
  redis.call("ZADD", KEYS[2], ARGV[4], ARGV[3])
  if ARGV[6] then
    redis.call("XADD", KEYS[3], "MAXLEN", "~", ARGV[5], "*", "e", '{"id":"' .. ARGV[3] .. '",' .. ARGV[6])
  end
end
return "ok"
