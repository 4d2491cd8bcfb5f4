-- Moves the ends of sessions' idle windows. One call serves many sessions.
--
-- KEYS[1..n]  <ns>:{shard}:session:<id>
-- ARGV[1..n]  the new ends, ms since 1970
--
-- "ok", whichever of the sessions are still there: nothing comes back by it.
for n, key in ipairs(KEYS) do
  redis.call("PEXPIREAT", key, ARGV[n])
end
return "ok"
