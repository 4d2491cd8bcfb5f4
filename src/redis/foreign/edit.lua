-- Replaces a string, or removes it, if nobody wrote it meanwhile. Its TTL stays.
--
-- KEYS[1]  the key
-- ARGV[1]  what it held when it was read
-- ARGV[2]  "set" or "delete"
-- ARGV[3]  with "set": the new value
--
-- "ok"; "gone" when nothing is there; "conflict" when it holds something else by now.
local held = redis.call("GET", KEYS[1])
if not held then return "gone" end
if held ~= ARGV[1] then return "conflict" end
if ARGV[2] == "delete" then
  redis.call("UNLINK", KEYS[1])
else
  redis.call("SET", KEYS[1], ARGV[3], "KEEPTTL")
end
return "ok"
