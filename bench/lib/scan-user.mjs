// What an operator without sessctl writes: every session of connect-redis read and looked at. node scan-user.mjs SOCKET [USER]
// Prints how many sessions the user has; without a user, the ids of the 50 with the latest `createdAt`.
import { Redis } from "ioredis";

const [socket, user] = process.argv.slice(2);
const redis = new Redis({ path: socket });
let cursor = "0";
let found = [];
do {
  const [next, keys] = await redis.scan(cursor, "MATCH", "sess:*", "COUNT", 1000);
  cursor = next;
  for (const text of keys.length === 0 ? [] : await redis.mget(keys)) {
    const session = JSON.parse(text ?? "{}");
    if (user === undefined || session.user === user) found.push(session);
  }
  if (user === undefined) found = found.toSorted((a, b) => b.createdAt - a.createdAt).slice(0, 50);
} while (cursor !== "0");
console.log(found.length);
redis.disconnect();
