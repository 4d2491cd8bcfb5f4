-- Reads keys of other applications' sessions, whatever they hold, and changes nothing.
--
-- KEYS[1..n]  keys that are thought to be sessions'
-- ARGV[1]     the type they should have: string or hash
-- ARGV[2]     most bytes of one value
-- ARGV[3]     most bytes in the whole reply; at least one value is always read
--
-- Three values for each key, in order: what it holds (a string; or names and values of a hash in turn), when Redis lets
-- go of it (ms since 1970; -1 for never), and its size in bytes. In place of what it holds: nil when nothing is there,
-- 1 when it is of another type, 2 when it is larger than ARGV[2], 3 when the reply is full and it has to be asked for again.
local kind, most, room = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local replies = {}
local used = 0

local function size_of(key)
  if kind == "string" then return redis.call("STRLEN", key) end
  local size = 0
  -- Names alone can be many too: they are counted before they are read.
  if redis.call("HLEN", key) > 10000 then return most + 1 end
  for _, name in ipairs(redis.call("HKEYS", key)) do
    size = size + #name + redis.call("HSTRLEN", key, name)
    if size > most then return size end
  end
  return size
end

local function holding(key, size)
  if size > most then return 2 end
  if used > 0 and used + size > room then return 3 end
  used = used + size
  if kind == "string" then return redis.call("GET", key) end
  return redis.call("HGETALL", key)
end

for n, key in ipairs(KEYS) do
  local held, size = false, 0
  local found = redis.call("TYPE", key).ok
  if found == kind then
    size = size_of(key)
    held = holding(key, size)
  elseif found ~= "none" then
    held = 1
  end
  replies[3 * n - 2] = held
  replies[3 * n - 1] = redis.call("PEXPIRETIME", key)
  replies[3 * n] = size
end
return replies
