-- Puts the index entries of one session right. The session itself stays as it is.
--
-- KEYS[1]  <ns>:{shard}:session:<id>
-- KEYS[2]  <ns>:{shard}:live
-- KEYS[3]  <ns>:{shard}:flagged
-- KEYS[4]  <ns>:{shard}:user:<user>   left out for an anonymous session, and for one that cannot be decoded
-- ARGV[1]  record that the rest was taken from; empty when it cannot be decoded, and whatever is there may be
-- ARGV[2]  session id
-- ARGV[3]  idle window, ms; empty when it is not known
-- ARGV[4]  last seen where the key's TTL does not tell it, ms since 1970
-- ARGV[5]  how far the score in live may be off, ms
-- ARGV[6]  absolute deadline, ms since 1970
-- ARGV[7]  time of the latest client switch, ms since 1970; empty for none that is to be added
--
-- "ok"        the entries are right, but for an index that is no sorted set: that stays as it is
-- "gone"      there is no such session; nothing was written
-- "conflict"  another record is there; nothing was written
local record = redis.pcall("GET", KEYS[1])
if not record then
  return "gone"
elseif ARGV[1] ~= "" and record ~= ARGV[1] then
  return "conflict"
end

local seen = tonumber(ARGV[4])
local idle_ends = redis.call("PEXPIRETIME", KEYS[1])
if ARGV[3] ~= "" and idle_ends > 0 then
  seen = idle_ends - tonumber(ARGV[3])
end
local live = redis.pcall("ZSCORE", KEYS[2], ARGV[2])
if not live or (type(live) == "string" and math.abs(tonumber(live) - seen) > tonumber(ARGV[5])) then
  redis.pcall("ZADD", KEYS[2], seen, ARGV[2])
end
if KEYS[4] and type(redis.pcall("ZADD", KEYS[4], ARGV[6], ARGV[2])) == "number" then
  redis.call("PEXPIREAT", KEYS[4], redis.call("ZRANGE", KEYS[4], -1, -1, "WITHSCORES")[2])
end
if ARGV[7] ~= "" then
  redis.pcall("ZADD", KEYS[3], "NX", ARGV[7], ARGV[2])
end
return "ok"
