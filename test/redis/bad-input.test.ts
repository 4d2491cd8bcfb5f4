import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createMemorySessionStore, createSessionStore, openDirectory, type SessionStore } from "../../src/index.js";
import { hours, testClock } from "../helpers/clock.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => redis.client.flushall());

describe("100,000 tokens that open nothing", () => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const near = fc.tuple(fc.nat(33), fc.constantFrom(...alphabet, " ", "\n", "\u0000", "=", "é", ""));
  const anything = fc.string({ unit: "binary", maxLength: 60 });

  /** Guesses of the right form, a real token with one character changed or more added, and any text. */
  function guesses(real: string, count: number): readonly string[] {
    const guessed = Array.from({ length: count / 2 }, () => {
      const bytes = randomBytes(25);
      return bytes.toString("hex").slice(0, 2) + bytes.subarray(1).toString("base64url");
    });
    const changed = fc.sample(near, count / 4).map(([at, char]) => real.slice(0, at) + char + real.slice(at + 1));
    return [...guessed, ...changed, ...fc.sample(anything, count / 4)].filter((token) => token !== real);
  }

  it.each<[string, () => SessionStore]>([
    ["memory", () => createMemorySessionStore()],
    ["Redis", () => createSessionStore({ redis: redis.url, commandTimeoutMs: 30_000 })],
  ])("are refused by %s, each as unknown, and leave nothing behind", { timeout: 120_000 }, async (_, open) => {
    const store = open();
    const { token } = await store.create({ user: "alice" });
    const keys = await redis.client.dbsize();
    for (let round = 0; round < 50; round++) {
      const checks = await Promise.all(
        guesses(token, 2000).map((guess) => store.validate(guess, { ip: "203.0.113.7" })),
      );
      for (const check of checks) expect(check).toEqual({ ok: false, reason: "unknown" });
    }
    expect(await store.validate(token)).toMatchObject({ ok: true });
    expect(await redis.client.dbsize()).toBe(keys);
    await store.close();
  });
});

describe("a record of a newer version", () => {
  it("is refused by an older application and kept as it is for a newer one", async () => {
    const clock = testClock();
    const store = createSessionStore({ redis: redis.url, clock });
    const directory = openDirectory({ redis: redis.url, clock });
    const { token, session } = await store.create({ user: "alice", data: { n: 1 } });
    const key = `sc:{${session.id.slice(0, 2)}}:session:${session.id}`;
    const old = (await redis.client.get(key)) ?? "";
    const newer = old.replace('{"v":1,', '{"v":2,"new":[{"later":1}],');
    expect(newer).not.toBe(old);
    await redis.client.set(key, newer, "KEEPTTL");
    const ends = await redis.client.pexpiretime(key);

    expect(await store.validate(token, { ip: "203.0.113.7" })).toEqual({ ok: false, reason: "unknown" });
    expect(await store.update(token, () => ({ n: 2 }))).toEqual({ ok: false, reason: "unknown" });
    expect(await store.rotate(token, { user: "alice" })).toEqual({ ok: false, reason: "unknown" });
    expect(await store.rotate(token, { user: "bob" })).toEqual({ ok: false, reason: "unknown" });
    expect(await store.listUser("alice")).toEqual([]);
    const [change] = await directory.expire([session.id], clock() + 1);
    expect(change).toMatchObject({ outcome: "failed", error: { code: "unsupported" } });
    clock.advance(hours(0.4));
    expect(await store.sweep()).toBe(0);
    const [found] = await directory.byUser("alice");
    expect(found).toMatchObject({ id: session.id, corrupt: "record version 2, this release reads 1" });

    expect(await redis.client.get(key)).toBe(newer);
    expect(await redis.client.pexpiretime(key)).toBe(ends);
    await redis.client.set(key, old, "KEEPTTL");
    expect(await store.validate(token)).toMatchObject({ ok: true, session: { data: { n: 1 } } });
    await store.close();
    await directory.close();
  });
});
