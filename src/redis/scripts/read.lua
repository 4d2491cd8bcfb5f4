-- Reads sessions, and the cutoffs of their shards; changes nothing.
--
-- KEYS[1..n]   <ns>:{shard}:session:<id>
-- KEYS[n+1..]  <ns>:{shard}:cutoff; with the sessions at most 1,000
-- ARGV[1]      n
--
-- n; then two values for each session, in order: the record (nil when nothing is there, 0 when the key is no string),
-- and the end of its idle window (ms since 1970; -1 for none, -2 when nothing is there); then each cutoff (0 for none).
local count = tonumber(ARGV[1])
local values = redis.call("MGET", unpack(KEYS, 1, count))
local replies = { count }
for n = 1, count do
  local ends = redis.call("PEXPIRETIME", KEYS[n])
  replies[2 * n] = values[n] or ends ~= -2 and 0
  replies[2 * n + 1] = ends
end
for n = count + 1, #KEYS do
  -- A cutoff that cannot be read is an error: nothing may pass for valid then.
  replies[count + n + 1] = redis.call("GET", KEYS[n]) or 0
end
return replies
