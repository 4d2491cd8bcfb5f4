-- Reads sessions and rolls their idle windows. One call serves many validations.
--
-- KEYS[1..n]   <ns>:{shard}:session:<id>
-- KEYS[n+1..]  <ns>:{shard}:cutoff of each shard concerned
-- ARGV[1]      n
-- ARGV[2]      now, ms
-- ARGV[3]      the usual idle window, ms
-- ARGV[4]      "ends" to be told the ends of the idle windows too, or ""
--
-- Three lists:
--   the records, nil where nothing is there or the key is no string
--   the cutoffs (ms), nil for none
--   with "ends": the ends of the idle windows before this call (ms since 1970, -1 for none, -2 where nothing is there)
--
-- Every record is rolled by its own idle window, also that of a session which is over by its deadline or by a cutoff: the
-- caller decides that from the reply, and removes it. What does not begin like a record is not rolled. No JSON is parsed:
-- most records have the usual idle window, and to compare their first bytes costs a tenth of a pattern.
local call, sub, match = redis.call, string.sub, string.match
local count, now, usual = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local usual_start = '{"v":1,"i":' .. ARGV[3] .. ","
local length = #usual_start
local usual_end = string.format("%.0f", now + usual)

local records = call("MGET", unpack(KEYS, 1, count))
local cutoffs = call("MGET", unpack(KEYS, count + 1))
local ends = {}
if ARGV[4] == "ends" then
  for n = 1, count do
    ends[n] = call("PEXPIRETIME", KEYS[n])
  end
end

for n = 1, count do
  local record = records[n]
  if record then
    if sub(record, 1, length) == usual_start then
      call("PEXPIREAT", KEYS[n], usual_end)
    else
      local idle = match(record, '^{"v":1,"i":(%d+),')
      if idle then
        call("PEXPIREAT", KEYS[n], string.format("%.0f", now + tonumber(idle)))
      end
    end
  end
end

return { records, cutoffs, ends }
