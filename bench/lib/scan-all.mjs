// The least that reading every session can cost: SCAN + MGET in batches of 1,000 on ioredis, nothing done with what is read.
// node scan-all.mjs SOCKET PATTERN. Prints how many were read.
import { Redis } from "ioredis";

const [socket, pattern] = process.argv.slice(2);
const redis = new Redis({ path: socket });
let cursor = "0";
let read = 0;
do {
  const [next, keys] = await redis.scan(cursor, "MATCH", pattern, "COUNT", 1000);
  cursor = next;
  if (keys.length > 0) read += (await redis.mget(keys)).length;
} while (cursor !== "0");
console.log(read);
redis.disconnect();
