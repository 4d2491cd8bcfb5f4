-- Sets fields of a hash, if it is still there: a session that ended meanwhile must not come back in part.
--
-- KEYS[1]  the key
-- ARGV     names and values in turn
--
-- "ok", or "gone".
if redis.call("EXISTS", KEYS[1]) == 0 then return "gone" end
redis.call("HSET", KEYS[1], unpack(ARGV))
return "ok"
