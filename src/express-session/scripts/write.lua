-- Writes a session of express-session unless it is gone or another text is there than the caller knows.
--
-- KEYS[1]  <prefix><sid>
-- KEYS[2]  gone:{<prefix><sid>}, on the same slot; left out when the key's braces allow none
-- ARGV[1]  "known" when the session was stored before, so that its absence means its end; else "new"
-- ARGV[2]  the text that the caller knows to be stored; empty for none
-- ARGV[3]  the text to write
-- ARGV[4]  when it expires, ms since 1970; empty for never
--
-- {"ok"}              written
-- {"gone"}            the session was destroyed or has expired; nothing was written
-- {"conflict", text}  another text is stored, which is returned; nothing was written
local current = redis.call("GET", KEYS[1])
if current then
  if current ~= ARGV[2] then
    return { "conflict", current }
  end
elseif ARGV[1] == "known" or (KEYS[2] and redis.call("EXISTS", KEYS[2]) == 1) then
  return { "gone" }
end
if ARGV[4] == "" then
  redis.call("SET", KEYS[1], ARGV[3])
else
  redis.call("SET", KEYS[1], ARGV[3], "PXAT", ARGV[4])
end
return { "ok" }
