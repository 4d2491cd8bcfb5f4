import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, it } from "vitest";
import { shardOfUser } from "../../src/core/token.js";
import { createMemorySessionStore, createSessionStore, openDirectory } from "../../src/index.js";
import { lives, TwoStores } from "../contracts/session-model.js";
import { hours, testClock } from "../helpers/clock.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** Sequences of random operations on memory and on Redis. A failure prints its seed, its path and the shortest sequence that still fails. */
const sequences = 2000;

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** As the system's, but one anonymous session in three begins on a shard that is also a user's. */
function random(bytes: number): Uint8Array {
  const shard = [shardOfUser("alice"), shardOfUser("bob")][Math.floor(Math.random() * 6)];
  return bytes === 1 && shard !== undefined ? Buffer.from(shard, "hex") : randomBytes(bytes);
}

it(`behaves as the memory store does, through ${sequences} random lives`, { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(lives, async ({ options, steps }) => {
      const clock = testClock();
      const all = { clock, random, tombstoneMs: hours(24 * 3650), ...options };
      const reference = createMemorySessionStore(all);
      const subject = createSessionStore({ redis: redis.client, ...all });
      const directory = openDirectory({ redis: redis.client, clock });
      const stores = new TwoStores({ reference, subject, directory, clock });
      try {
        for (const step of steps) await stores.take(step);
      } finally {
        await Promise.all([reference, subject, directory].map((open) => open.close()));
        await redis.client.flushdb();
      }
    }),
    { numRuns: sequences },
  );
});
