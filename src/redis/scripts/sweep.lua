-- Takes index entries away whose sessions are gone.
--
-- KEYS[1]  <ns>:{shard}:live
-- KEYS[2]  <ns>:{shard}:flagged
-- KEYS[3..n+2]  <ns>:{shard}:session:<id>
-- ARGV[1..n]    session ids
--
-- How many entries of live went.
local swept = 0
for n, id in ipairs(ARGV) do
  if redis.call("EXISTS", KEYS[n + 2]) == 0 then
    swept = swept + redis.call("ZREM", KEYS[1], id)
    redis.call("ZREM", KEYS[2], id)
  end
end
return swept
