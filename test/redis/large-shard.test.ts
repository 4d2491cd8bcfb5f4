import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSessionStore, openDirectory } from "../../src/index.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** More than are read of a shard in one piece. */
const entries = 12_000;

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

it("a walk sees each session of a shard once, however many entries its index has", async () => {
  const store = createSessionStore({ redis: redis.url });
  const ids = [];
  for (let n = 0; n < 50; n++) ids.push((await store.create({ user: "alice" })).session.id);
  const shard = ids[0]?.slice(0, 2) ?? "";
  // Entries whose sessions are gone, before and after those that are there.
  const dead = Array.from({ length: entries }, (_, n) => [
    n % 2 === 0 ? n : Date.now() * 2 + n,
    shard + createHash("sha256").update(String(n)).digest("hex").slice(0, 30),
  ]);
  await redis.client.zadd(`sc:{${shard}}:live`, ...dead.flat());
  const directory = openDirectory({ redis: redis.url });
  const seen = [];
  for await (const sessions of directory.walk()) seen.push(...sessions.map(({ id }) => id));
  expect(seen.toSorted()).toEqual(ids.toSorted());
  await directory.close();
  await store.close();
});
