-- Reads sessions and rolls their idle windows. One call serves many validations.
--
-- KEYS[1..n]     <ns>:{shard}:session:<id>
-- KEYS[n+1..2n]  <ns>:{shard}:cutoff, one for each session
-- ARGV[1]        now, ms
-- ARGV[2]        the usual idle window, ms
--
-- For each session, in order: nil when nothing is there, else { record, end of the idle window before this call
-- (ms since 1970, -1 for none), cutoff (ms, nil for none) }. A session that is over is returned but not rolled; the
-- caller decides from the reply, by the same rule. A key that is no string counts as nothing.
local now, usual = tonumber(ARGV[1]), tonumber(ARGV[2])
local count = #KEYS / 2
local cutoffs = {}
local replies = {}

for n = 1, count do
  local key, cutoff_key = KEYS[n], KEYS[count + n]
  if cutoffs[cutoff_key] == nil then
    cutoffs[cutoff_key] = redis.call("GET", cutoff_key)
  end
  local cutoff = cutoffs[cutoff_key]
  local ends = redis.call("PEXPIRETIME", key)
  local record = ends ~= -2 and redis.pcall("GETEX", key, "PXAT", now + usual)
  if type(record) == "string" then
    local idle, deadline, created = string.match(record, '^{"v":1,"i":(%d+),"e":(%d+),"c":(%d+)[,}]')
    local over = not idle
      or (ends ~= -1 and ends <= now)
      or tonumber(deadline) <= now
      or (cutoff and tonumber(created) < tonumber(cutoff))
    if over and ends == -1 then
      redis.call("PERSIST", key)
    elseif over then
      redis.call("PEXPIREAT", key, ends)
    elseif tonumber(idle) ~= usual then
      redis.call("PEXPIREAT", key, now + tonumber(idle))
    end
    replies[n] = { record, ends, cutoff }
  else
    replies[n] = false
  end
end

return replies
