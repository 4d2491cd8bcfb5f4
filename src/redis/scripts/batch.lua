-- Runs one operation for many callers at once: each call with its own keys and arguments, one after the other. What goes
-- wrong in one of them is its reply and no other's.
--
-- KEYS  the keys of the first call, then those of the second, ...
-- ARGV  for each call: how many keys it has, how many arguments, then these
--
-- The reply of each call in order, nil for none; an error as one.
local function operation(KEYS, ARGV)
  --OPERATION--
end

-- Redis only says that a command of the operation is denied: this says which.
local function named(err, key)
  if redis.acl_check_cmd and string.find(err, "can't run this command", 1, true) then
    for name in string.gmatch("--COMMANDS--", "%a+") do
      if not redis.acl_check_cmd(name, key) then
        return "NOPERM this user has no permissions to run the '" .. name .. "' command"
      end
    end
  end
  return err
end

local replies, count = {}, 0
local key, argument = 0, 0
while argument < #ARGV do
  local key_count, argument_count = tonumber(ARGV[argument + 1]), tonumber(ARGV[argument + 2])
  argument = argument + 2
  local keys, arguments = {}, {}
  for n = 1, key_count do
    keys[n] = KEYS[key + n]
  end
  for n = 1, argument_count do
    arguments[n] = ARGV[argument + n]
  end
  key, argument = key + key_count, argument + argument_count
  local ok, reply = pcall(operation, keys, arguments)
  count = count + 1
  if not ok then
    replies[count] = { err = named(type(reply) == "table" and reply.err or tostring(reply), keys[1]) }
  elseif reply == nil then
    -- A nil would end the list.
    replies[count] = false
  else
    if type(reply) == "table" and reply.err then
      reply.err = named(reply.err, keys[1])
    end
    replies[count] = reply
  end
end
return replies
