-- Takes entries out of an index whose sessions are gone.
--
-- KEYS[1]  <ns>:{shard}:live, <ns>:{shard}:flagged or <ns>:{shard}:user:<user>
-- KEYS[2..n+1]  <ns>:{shard}:session:<id>
-- ARGV[1..n]    session ids
--
-- How many entries went.
local swept = 0
for n, id in ipairs(ARGV) do
  if redis.call("EXISTS", KEYS[n + 1]) == 0 then
    swept = swept + redis.call("ZREM", KEYS[1], id)
  end
end
return swept
