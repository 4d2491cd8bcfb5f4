-- Revokes the sessions of a shard that were created before an instant.
--
-- KEYS[1]  <ns>:{shard}:cutoff
-- ARGV[1]  the instant, ms since 1970
--
-- The cutoff that holds now: the later of the one that was there and the one given, so that nothing comes back.
local present = redis.call("GET", KEYS[1])
if present and tonumber(present) >= tonumber(ARGV[1]) then
  return present
end
redis.call("SET", KEYS[1], ARGV[1])
return ARGV[1]
