-- Adds an entry to the operators' trail, if the last one is still that which the caller read.
--
-- KEYS[1]  <ns>:{trail}:trail
-- ARGV[1]  id of the stream's last entry; empty when there was none
-- ARGV[2]  text of the new entry, which names the hash of the last one
-- ARGV[3]  hash of that text
--
-- "ok"        added
-- "conflict"  another entry is the last by now; nothing was written
--
-- What trims nothing is a write that Redis allows when it is out of memory, and after one it allows the others: then of all
-- times operators must be able to end sessions.
redis.call("XTRIM", KEYS[1], "MINID", "0-0")
local last = redis.call("XREVRANGE", KEYS[1], "+", "-", "COUNT", 1)[1]
if (last and last[1] or "") ~= ARGV[1] then
  return "conflict"
end
redis.call("XADD", KEYS[1], "*", "e", ARGV[2], "h", ARGV[3])
return "ok"
