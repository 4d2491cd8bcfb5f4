import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionStore, openDirectory, type SessionDirectory, type SessionStore } from "../../src/index.js";
import { hours, minutes, type TestClock, testClock } from "../helpers/clock.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let clock: TestClock;
let store: SessionStore;
let directory: SessionDirectory;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.client.flushall();
  clock = testClock();
  store = createSessionStore({ redis: redis.url, clock });
  directory = openDirectory({ redis: redis.url, clock });
});
afterEach(async () => {
  await store.close();
  await directory.close();
});

async function populate(count: number) {
  const issued = [];
  for (let n = 0; n < count; n++) {
    clock.advance(10);
    issued.push(await store.create({ user: `user-${n % 10}`, client: { ip: `192.0.2.${n % 250}` }, data: { n } }));
  }
  return issued;
}

async function walked() {
  const sessions = [];
  for await (const batch of directory.walk()) sessions.push(...batch);
  return sessions;
}

describe("the native directory", () => {
  it("is empty on an empty Redis", async () => {
    expect(await directory.count([0])).toEqual({ sessions: 0, flagged: 0, activeSince: [0] });
    expect(await directory.recent(10)).toEqual([]);
    expect(await directory.byUser("alice")).toEqual([]);
    expect(await directory.find("abcd")).toEqual([]);
    expect(await walked()).toEqual([]);
    expect(await directory.revoke([])).toEqual([]);
  });

  it("counts sessions, and those active since an instant", async () => {
    await populate(20);
    clock.advance(minutes(5));
    await populate(5);
    expect(await directory.count([clock() - minutes(1), 0])).toEqual({
      sessions: 25,
      flagged: 0,
      activeSince: [5, 25],
    });
  });

  it("gives the most recently active sessions, newest first", async () => {
    const issued = await populate(300);
    clock.advance(minutes(1));
    await store.validate(issued[7]?.token ?? "");
    // The live index follows a request by itself.
    await expect
      .poll(async () => (await directory.recent(50)).map(({ data }) => data?.["n"]))
      .toEqual([7, ...Array.from({ length: 49 }, (_, n) => 299 - n)]);
  });

  it("gives the newest also when they all live on one shard", async () => {
    await populate(50);
    for (let n = 0; n < 120; n++) {
      clock.advance(10);
      await store.create({ user: "busy", data: { n } });
    }
    const recent = await directory.recent(100);
    expect(recent.map(({ user, data }) => `${user} ${JSON.stringify(data?.["n"])}`)).toEqual(
      Array.from({ length: 100 }, (_, n) => `busy ${119 - n}`),
    );
  });

  it("tells everything about a session that its record holds", async () => {
    const { session } = await store.create({
      user: "alice",
      level: "aal2",
      client: { ip: "203.0.113.7", userAgent: "x" },
      data: { cart: [1] },
    });
    clock.advance(minutes(3));
    expect(await directory.get([session.id])).toEqual([
      {
        id: session.id,
        layout: "native",
        corrupt: undefined,
        user: "alice",
        level: "aal2",
        createdAt: session.createdAt,
        authenticatedAt: session.createdAt,
        rotatedAt: session.createdAt,
        lastSeenAt: session.createdAt,
        idleEndsAt: session.createdAt + minutes(30),
        endsAt: session.createdAt + hours(12),
        sightings: [{ at: session.createdAt, ip: "203.0.113.7", userAgent: "x" }],
        data: { cart: [1] },
        bytes: expect.any(Number),
      },
    ]);
  });

  it("keeps the order asked for, and leaves out what is gone", async () => {
    const [a, b, c] = await populate(3);
    await store.destroy(b?.token ?? "");
    const ids = [c, b, a].map((issued) => issued?.session.id ?? "");
    expect((await directory.get(ids)).map(({ id }) => id)).toEqual([ids[0], ids[2]]);
  });

  it("finds a user's sessions by the index", async () => {
    await populate(40);
    const found = await directory.byUser("user-3");
    expect(found.map(({ data }) => data?.["n"])).toEqual([33, 23, 13, 3]);
  });

  it("finds ids by prefix", async () => {
    const issued = await populate(200);
    const id = issued[42]?.session.id ?? "";
    for (const length of [8, 16, 31, 32]) expect(await directory.find(id.slice(0, length))).toEqual([id]);
    const shard = await directory.find(id.slice(0, 2), 1000);
    expect(shard.length).toBeGreaterThanOrEqual(20);
    expect(await directory.find(id.slice(0, 2), 5)).toHaveLength(5);
    expect(await directory.find("ffffffff".repeat(4))).toEqual([]);
    await expect(directory.find("a")).rejects.toMatchObject({ code: "invalid-argument" });
    await expect(directory.find("ab*d")).rejects.toMatchObject({ code: "invalid-argument" });
  });

  it("walks every session once", async () => {
    await populate(1500);
    for (let n = 0; n < 700; n++) await store.create({ user: "busy" });
    const ids = (await walked()).map(({ id }) => id);
    expect(ids).toHaveLength(2200);
    expect(new Set(ids).size).toBe(2200);
  });

  it("leaves out sessions that are over", async () => {
    await populate(10);
    clock.advance(minutes(31));
    const { session } = await store.create({ user: "user-1" });
    expect((await walked()).map(({ id }) => id)).toEqual([session.id]);
    expect((await directory.recent(20)).map(({ id }) => id)).toEqual([session.id]);
    expect((await directory.byUser("user-1")).map(({ id }) => id)).toEqual([session.id]);
  });

  it("revokes, and says what became of each", async () => {
    const [a, b, c] = await populate(3);
    const ids = [a, b].map((issued) => issued?.session.id ?? "");
    await store.destroy(b?.token ?? "");
    expect(await directory.revoke(ids, { reason: "stolen", actor: "support" })).toEqual([
      { id: ids[0], outcome: "revoked" },
      { id: ids[1], outcome: "gone" },
    ]);
    expect(await store.validate(a?.token ?? "")).toEqual({ ok: false, reason: "revoked" });
    expect(await store.validate(c?.token ?? "")).toMatchObject({ ok: true });
    const tombstone = await redis.client.get(`sc:{${ids[0]?.slice(0, 2)}}:gone:${ids[0]}`);
    expect(JSON.parse(tombstone ?? "")).toEqual({ r: "revoked", t: clock(), why: "stolen", by: "support" });
  });

  it("brings deadlines forward, never back", async () => {
    const [a] = await populate(1);
    const id = a?.session.id ?? "";
    const endsAt = clock() + minutes(10);
    expect(await directory.expire([id, id.replace(/.$/, "x")], endsAt)).toEqual([
      { id, outcome: "expired" },
      { id: id.replace(/.$/, "x"), outcome: "gone" },
    ]);
    expect(await directory.expire([id], endsAt + 1)).toEqual([{ id, outcome: "unchanged" }]);
    clock.advance(minutes(10) - 1);
    expect(await store.validate(a?.token ?? "")).toMatchObject({ ok: true, session: { endsAt } });
    clock.advance(1);
    expect(await store.validate(a?.token ?? "")).toEqual({ ok: false, reason: "expired" });
  });

  it("changes nothing but what it was asked to, with requests going on", async () => {
    const { token, session } = await store.create({ user: "alice", data: { n: 0 } });
    const endsAt = clock() + minutes(10);
    const updates = Array.from({ length: 30 }, () => store.update(token, ({ n }) => ({ n: Number(n) + 1 })));
    expect(await directory.expire([session.id], endsAt)).toEqual([{ id: session.id, outcome: "expired" }]);
    await Promise.all(updates);
    expect(await store.validate(token)).toMatchObject({ ok: true, session: { endsAt, data: { n: 30 } } });
  });
});
