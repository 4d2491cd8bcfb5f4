-- Tells the scores of sessions in users' indexes and changes nothing.
--
-- KEYS[1..n]  <ns>:{shard}:user:<user>
-- ARGV[1..n]  id of a session whose score in that index is asked for
--
-- The score of each, in order: nil when it is not there, "?" when the index is no sorted set.
local scores = {}
for n, key in ipairs(KEYS) do
  local score = redis.pcall("ZSCORE", key, ARGV[n])
  if type(score) == "table" then
    if not string.find(score.err, "WRONGTYPE", 1, true) then
      return score
    end
    score = "?"
  end
  scores[n] = score
end
return scores
