import { createServer } from "node:net";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createMemorySessionStore, createSessionStore, openDirectory } from "../../src/index.js";
import { hours, minutes, testClock } from "../helpers/clock.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** What people get wrong when they set a store up, and what is wrong in a Redis before they come. */

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis(["--databases", "4"]);
});
afterAll(() => redis.stop());
afterEach(() => redis.client.flushall());

describe("a database that is not there", () => {
  it("is an error, and nothing is read or written in another one", async () => {
    const store = createSessionStore({ redis: `${redis.url}?db=99` });
    for (let n = 0; n < 2; n++) {
      await expect(store.create({ user: "alice" })).rejects.toMatchObject({
        code: "invalid-url",
        message: expect.stringContaining("no such database"),
      });
    }
    const directory = openDirectory({ redis: `${redis.url}?db=99` });
    await expect(directory.recent(10)).rejects.toMatchObject({ code: "invalid-url" });
    expect(await redis.client.dbsize()).toBe(0);
    await store.close();
    await directory.close();
  });

  it("is one that is: sessions stay in theirs", async () => {
    const store = createSessionStore({ redis: `${redis.url}?db=3` });
    await store.create({ user: "alice" });
    expect(await redis.client.dbsize()).toBe(0);
    const directory = openDirectory({ redis: `${redis.url}?db=3` });
    expect(await directory.recent(10)).toHaveLength(1);
    await store.close();
    await directory.close();
  });
});

describe("a server that is no Redis", () => {
  it("is said to be none", async () => {
    const web = createServer((socket) => socket.on("error", () => undefined).end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => {
      web.listen(0, "127.0.0.1", resolve);
    });
    const address = web.address();
    const port = typeof address === "object" ? address?.port : 0;
    const directory = openDirectory({ redis: `redis://127.0.0.1:${port}` });
    await expect(directory.recent(1)).rejects.toMatchObject({ name: "SessctlError", code: "unreachable" });
    await directory.close();
    web.close();
  });
});

describe("a key of another type under our prefix", () => {
  it.each(["live", "flagged", "cutoff"])("%s: is an error that says so, not a bug", async (name) => {
    const directory = openDirectory({ redis: redis.url });
    const store = createSessionStore({ redis: redis.url });
    await store.create({ user: "alice" });
    await redis.client.del(`sc:{2b}:${name}`);
    await redis.client.lpush(`sc:{2b}:${name}`, "x");
    const read = name === "cutoff" ? directory.byUser("alice") : directory.count();
    await expect(read).rejects.toMatchObject({ name: "SessctlError", code: "wrong-type" });
    await store.close();
    await directory.close();
  });

  it("in place of a user's index does not keep a session from being ended", async () => {
    const store = createSessionStore({ redis: redis.url });
    const { token, session } = await store.create({ user: "alice" });
    await redis.client.set("sc:{2b}:user:alice", "x");
    const directory = openDirectory({ redis: redis.url });
    expect(await directory.revoke([session.id])).toEqual([{ id: session.id, outcome: "revoked" }]);
    expect(await store.validate(token)).toEqual({ ok: false, reason: "revoked" });
    await store.close();
    await directory.close();
  });
});

describe("recent sessions", () => {
  it("are found behind any number of newer ones that are gone", async () => {
    const store = createSessionStore({ redis: redis.url });
    for (let n = 0; n < 10; n++) await store.create({ user: `user-${n}` });
    const gone = await Promise.all(Array.from({ length: 120 }, () => store.create()));
    for (const { session } of gone) await redis.client.del(`sc:{${session.id.slice(0, 2)}}:session:${session.id}`);
    const directory = openDirectory({ redis: redis.url });
    expect(await directory.recent(5)).toHaveLength(5);
    expect(await directory.recent(50)).toHaveLength(10);
    await store.close();
    await directory.close();
  });
});

describe("an operator whose clock is ahead", () => {
  it("sees and ends what the application still accepts", async () => {
    const store = createSessionStore({ redis: redis.url });
    const { token, session } = await store.create({ user: "alice", idleMs: minutes(4) });
    const realNow = Date.now;
    Date.now = () => realNow() + minutes(5);
    try {
      const directory = openDirectory({ redis: redis.url });
      expect(await directory.byUser("alice")).toHaveLength(1);
      expect(await directory.revoke([session.id])).toMatchObject([{ outcome: "revoked" }]);
      await directory.close();
    } finally {
      Date.now = realNow;
    }
    expect(await store.validate(token)).toEqual({ ok: false, reason: "revoked" });
    await store.close();
  });

  it("ends also what is past its deadline by that clock", async () => {
    const clock = testClock();
    const store = createSessionStore({ redis: redis.url, clock });
    const { session } = await store.create({ user: "alice", absoluteMs: hours(1), idleMs: hours(2) });
    clock.advance(minutes(61));
    const directory = openDirectory({ redis: redis.url, clock });
    expect(await directory.revoke([session.id])).toMatchObject([{ outcome: "revoked" }]);
    await store.close();
    await directory.close();
  });
});

describe("options that cannot work", () => {
  it.each([0, -5, 1.5, Number.NaN, Infinity, 3e9, "2s" as unknown as number])(
    "commandTimeoutMs %s",
    (commandTimeoutMs) => {
      const error = expect.objectContaining({ code: "invalid-argument", hint: expect.any(String) });
      expect(() => createSessionStore({ redis: redis.url, commandTimeoutMs })).toThrow(error);
    },
  );

  it.each([undefined, null, 5, {}, { on: () => undefined }])("redis %j", (client) => {
    const open = () => createSessionStore({ redis: client as unknown as string });
    expect(open).toThrow(expect.objectContaining({ code: "invalid-argument", hint: expect.any(String) }));
  });

  it("a clock with fractions is read in whole milliseconds, one without a time is refused, on both stores", async () => {
    for (const open of [
      (clock: () => number) => createSessionStore({ redis: redis.url, clock }),
      (clock: () => number) => createMemorySessionStore({ clock }),
    ]) {
      const exact = open(() => Date.now() + 0.5);
      const { token, session } = await exact.create({ user: "alice" });
      expect(Number.isInteger(session.createdAt)).toBe(true);
      expect(await exact.validate(token)).toMatchObject({ ok: true });
      await exact.close();
      const none = open(() => Number.NaN);
      await expect(none.create()).rejects.toMatchObject({ code: "invalid-argument" });
      await none.close();
    }
  });

  it("a random source that gives too little makes no token, on both stores", async () => {
    const random = (bytes: number) => new Uint8Array(Math.min(bytes, 4));
    for (const store of [createSessionStore({ redis: redis.url, random }), createMemorySessionStore({ random })]) {
      await expect(store.create({ user: "alice" })).rejects.toMatchObject({ code: "invalid-argument" });
      await store.close();
    }
  });

  it("a token in place of the id of the session that is to stay ends nothing, on both stores", async () => {
    for (const store of [createSessionStore({ redis: redis.url }), createMemorySessionStore()]) {
      const { token } = await store.create({ user: "alice" });
      const error: unknown = await store.revokeUser("alice", { except: token }).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: "invalid-argument" });
      expect(String(error)).not.toContain(token.slice(2));
      expect(await store.validate(token)).toMatchObject({ ok: true });
      await store.close();
    }
  });
});

it("a client that reads numbers as strings counts as any other", async () => {
  const client = new Redis(redis.socket, { stringNumbers: true });
  const store = createSessionStore({ redis: client });
  await store.create({ user: "alice" });
  expect(await store.revokeUser("alice")).toBe(1);
  expect(await store.sweep()).toBe(0);
  await store.close();
  client.disconnect();
});

it("a store that is closed says so, on both", async () => {
  for (const store of [createSessionStore({ redis: redis.url }), createMemorySessionStore()]) {
    const { token } = await store.create();
    await store.close();
    await expect(store.create()).rejects.toMatchObject({ code: "closed" });
    await expect(store.validate(token)).rejects.toMatchObject({ code: "closed" });
  }
});
