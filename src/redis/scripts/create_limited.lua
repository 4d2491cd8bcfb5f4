-- Writes a new session of a user who may have only so many, and makes room for it or refuses it.
--
-- KEYS[1]  <ns>:{shard}:session:<id>
-- KEYS[2]  <ns>:{shard}:live
-- KEYS[3]  <ns>:{shard}:events
-- KEYS[4]  <ns>:{shard}:user:<user>
-- KEYS[5]  <ns>:{shard}:flagged
-- KEYS[6..n+5]     <ns>:{shard}:session:<id> of the sessions that the caller found in the index, oldest first
-- KEYS[n+6..2n+5]  <ns>:{shard}:gone:<id> of the same
-- ARGV[1]  record
-- ARGV[2]  session id
-- ARGV[3]  now, ms
-- ARGV[4]  end of the idle window, ms since 1970
-- ARGV[5]  absolute deadline, ms since 1970
-- ARGV[6]  about how many events are kept
-- ARGV[7]  most sessions of the user, the new one included
-- ARGV[8]  "revoke-oldest" or "refuse"
-- ARGV[9]  tombstone of a session that makes room
-- ARGV[10] life of the tombstone, ms
-- ARGV[11] the event of a session that makes room: JSON that begins after the id
-- ARGV[12] the event of the new session, likewise
-- ARGV[13..]  the ids of the sessions in KEYS[6..n+5]
--
-- "ok"      written; also when this very record is there already
-- "exists"  another record has the id; nothing was written
-- "limit"   the user has as many as they may; nothing was written
-- "stale"   the index holds sessions that the caller did not name; nothing was written
local call = redis.call
local known = (#KEYS - 5) / 2
local first_id = 13
local function tell(id, event)
  call("XADD", KEYS[3], "MAXLEN", "~", ARGV[6], "*", "e", '{"id":"' .. id .. '",' .. event)
end

local present = call("GET", KEYS[1])
if present then
  return present == ARGV[1] and "ok" or "exists"
end

call("ZREMRANGEBYSCORE", KEYS[4], "-inf", ARGV[3])
local living = {}
for n = 1, known do
  local id = ARGV[first_id - 1 + n]
  if call("EXISTS", KEYS[5 + n]) == 1 then
    if call("ZSCORE", KEYS[4], id) then
      living[#living + 1] = n
    end
  else
    call("ZREM", KEYS[4], id)
  end
end
if call("ZCARD", KEYS[4]) ~= #living then
  return "stale"
end

local excess = #living - tonumber(ARGV[7]) + 1
if excess > 0 and ARGV[8] == "refuse" then
  return "limit"
end
for n = 1, excess do
  local index = living[n]
  local id = ARGV[first_id - 1 + index]
  call("DEL", KEYS[5 + index])
  call("SET", KEYS[5 + known + index], ARGV[9], "PX", ARGV[10])
  call("ZREM", KEYS[4], id)
  call("ZREM", KEYS[2], id)
  call("ZREM", KEYS[5], id)
  tell(id, ARGV[11])
end

call("SET", KEYS[1], ARGV[1], "PXAT", ARGV[4])
call("ZADD", KEYS[2], ARGV[3], ARGV[2])
call("ZADD", KEYS[4], ARGV[5], ARGV[2])
call("PEXPIREAT", KEYS[4], call("ZRANGE", KEYS[4], -1, -1, "WITHSCORES")[2])
tell(ARGV[2], ARGV[12])
return "ok"
