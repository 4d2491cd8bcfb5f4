-- Ends a session of express-session and remembers for a while that it has ended.
--
-- KEYS[1]  <prefix><sid>
-- KEYS[2]  gone:{<prefix><sid>}, on the same slot; left out when the key's braces allow none
-- ARGV[1]  how long the end is remembered, ms
--
-- 1 when the session was there, 0 when it was not: then nothing is remembered.
local there = redis.call("DEL", KEYS[1])
if there == 1 and KEYS[2] then
  redis.call("SET", KEYS[2], "destroyed", "PX", ARGV[1])
end
return there
