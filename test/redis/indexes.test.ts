import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { IndexCounts, IndexKeeper } from "../../src/core/indexes.js";
import { createSessionStore, type Issued, openDirectory, type SessionStore } from "../../src/index.js";
import { openIndexes } from "../../src/redis/open-indexes.js";
import { keysOf } from "../../src/redis/keys.js";
import { shardOfId } from "../../src/core/token.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import { traffic } from "../helpers/traffic.js";

const chrome = { ip: "203.0.113.7", userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0 Safari/537.36" };
const curl = { ip: "198.51.100.20", userAgent: "curl/8.5.0" };
const keys = keysOf("sc");

const nothingWrong: Omit<IndexCounts, "sessions" | "entries"> = {
  missingLive: 0,
  missingUser: 0,
  missingFlag: 0,
  wrongScores: 0,
  deadLive: 0,
  deadUser: 0,
  deadFlagged: 0,
  over: 0,
  corrupt: 0,
  strayKeys: 0,
  wrongTypes: 0,
  conflicts: 0,
};

let redis: TestRedis;
let store: SessionStore;
let keeper: IndexKeeper;
let issued: readonly Issued[];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.client.flushall();
  store = createSessionStore({ redis: redis.url });
  keeper = openIndexes({ redis: redis.url });
  issued = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      store.create({ client: chrome, ...(n % 6 === 0 ? {} : { user: `user-${n % 7}` }) }),
    ),
  );
  for (const { token } of issued.slice(0, 10)) await store.validate(token, curl);
});
afterEach(async () => {
  await store.close();
  await keeper.close();
});

/** Every index of the namespace: its members and scores, those of `live` as far as they are exact; when it ends. */
async function indexes() {
  const state: Record<string, unknown> = {};
  for (const key of (await redis.client.keys("sc:*")).toSorted()) {
    if (!/:(live|flagged|user:.*)$/.test(key)) continue;
    const pairs = (await redis.client.zrange(key, "0", "-1", "WITHSCORES")).flat().map(String);
    const entries = Array.from(
      { length: pairs.length / 2 },
      (_, n) => [pairs[2 * n], Number(pairs[2 * n + 1])] as const,
    );
    const rounded = key.endsWith(":live")
      ? entries.map(([id, at]) => [id, Math.abs((at ?? 0) - Date.now()) < 600_000])
      : entries;
    state[key] = { entries: rounded.toSorted(), endsAt: await redis.client.pexpiretime(key) };
  }
  return state;
}

const first = () => issued[1] as Issued;
const userOf = ({ session }: Issued) => keys.user(session.user ?? "");
const liveOf = ({ session }: Issued) => keys.live(shardOfId(session.id));
const flaggedOf = ({ session }: Issued) => keys.flagged(shardOfId(session.id));
const otherId = (shard: string) => shard.padEnd(32, "0");

/** Ways to damage an index, with what is then found. */
const damages: readonly (readonly [what: string, damage: () => Promise<unknown>, found: Partial<IndexCounts>])[] = [
  ["a session out of live", () => redis.client.zrem(liveOf(first()), first().session.id), { missingLive: 1 }],
  [
    "a session out of its user's index",
    () => redis.client.zrem(userOf(first()), first().session.id),
    { missingUser: 1 },
  ],
  ["a session out of flagged", () => redis.client.zrem(flaggedOf(first()), first().session.id), { missingFlag: 1 }],
  ["a wrong deadline", () => redis.client.zadd(userOf(first()), 1, first().session.id), { wrongScores: 1 }],
  ["a wrong time in live", () => redis.client.zadd(liveOf(first()), 1, first().session.id), { wrongScores: 1 }],
  ["a user's index that never ends", () => redis.client.persist(userOf(first())), { wrongScores: 1 }],
  ["a user's index that ends too soon", () => redis.client.expire(userOf(first()), 60), { wrongScores: 1 }],
  ["an entry in live without a session", () => redis.client.zadd(keys.live("00"), 1, otherId("00")), { deadLive: 1 }],
  [
    "an entry in flagged without a session",
    () => redis.client.zadd(keys.flagged("00"), 1, otherId("00")),
    { deadFlagged: 1 },
  ],
  [
    "an entry of a user without a session",
    () => redis.client.zadd(userOf(first()), 1, otherId(shardOfId(first().session.id))),
    { deadUser: 1 },
  ],
  ["an entry that is no id", () => redis.client.zadd(keys.live("00"), 1, "'; DROP TABLE"), { deadLive: 1 }],
  ["an entry on another shard", () => redis.client.zadd(keys.live("00"), 1, otherId("ff")), { deadLive: 1 }],
  [
    "another user's session",
    async () => {
      const other = issued.find(({ session }) => session.user !== undefined && session.user !== first().session.user);
      // Users share a shard by chance only; the namesake's index is on the session's own.
      return redis.client.zadd(userOf(first()), 1, other?.session.id ?? "");
    },
    { deadUser: 1 },
  ],
];

describe("a healthy namespace", () => {
  it("is found so, and repaired into itself", async () => {
    const before = await indexes();
    const { counts, scope } = await keeper.examine("full");
    expect({ scope, ...counts }).toEqual({ scope: "full", ...nothingWrong, sessions: 60, entries: expect.any(Number) });
    expect(counts.entries).toBeGreaterThanOrEqual(60 + 50 + 10);
    expect((await keeper.repair()).counts).toEqual(counts);
    expect(await indexes()).toEqual(before);
  });

  it("is found so by a sample too, which says that it is one", async () => {
    const { counts, scope } = await keeper.examine("sample");
    expect({ scope, ...counts }).toMatchObject({ scope: "sample", ...nothingWrong, sessions: 60 });
  });
});

describe.each(damages)("%s", (_, damage, found) => {
  it("is found, told, and put right", async () => {
    const before = await indexes();
    await damage();
    expect(await indexes()).not.toEqual(before);
    expect((await keeper.examine("full")).counts).toMatchObject({ ...nothingWrong, ...found });
    expect((await keeper.repair()).counts).toMatchObject({ ...nothingWrong, ...found });
    expect(await indexes()).toEqual(before);
    expect((await keeper.examine("full")).counts).toMatchObject(nothingWrong);
  });
});

it("all indexes gone: they are made anew from the sessions and events", async () => {
  const before = await indexes();
  await redis.client.del(...Object.keys(before));
  const { counts, examples } = await keeper.repair();
  expect(counts).toMatchObject({ ...nothingWrong, missingLive: 60, missingUser: 50, missingFlag: 10 });
  expect(examples.missing).toHaveLength(10);
  expect(await indexes()).toEqual(before);
  const directory = openDirectory({ redis: redis.url });
  expect((await directory.count()).sessions).toBe(60);
  await directory.close();
});

it("sessions that are over end, and tell why", async () => {
  const directory = openDirectory({ redis: redis.url });
  await directory.cutoff(Date.now() + 60_000);
  expect((await keeper.examine("full")).counts).toMatchObject({ ...nothingWrong, over: 60 });
  await keeper.repair();
  expect(await redis.client.keys("sc:*:session:*")).toEqual([]);
  expect(await indexes()).toEqual({});
  expect(await store.validate(first().token)).toEqual({ ok: false, reason: "revoked" });
  await directory.close();
});

it("what cannot be put right is told and stays: records, strays, keys of another type", async () => {
  const corruptId = otherId("ab");
  const binaryId = otherId("ac");
  const listId = otherId("ad");
  await redis.client.set(keys.session(corruptId), "{", "EX", 600);
  await redis.client.set(keys.session(binaryId), Buffer.from([0xff, 0xfe]), "EX", 600);
  await redis.client.lpush(keys.session(listId), "x");
  const stray = [`sc:{00}:session:${otherId("ff")}`, "sc:{00}:user:nobody-of-this-shard", "sc:notes", "sc:{zz}:live"];
  for (const key of stray) await redis.client.set(key, "mine");
  await redis.client.del(liveOf(first()));
  await redis.client.set(liveOf(first()), "no index");
  const { counts, examples } = await keeper.repair();
  expect(counts).toMatchObject({ ...nothingWrong, corrupt: 3, missingLive: 3, strayKeys: 4, wrongTypes: 1 });
  expect(examples.corrupt.toSorted()).toEqual([corruptId, binaryId, listId]);
  expect(examples.keys.toSorted()).toEqual([...stray, liveOf(first())].toSorted());
  for (const key of stray) expect(await redis.client.get(key)).toBe("mine");
  expect(await redis.client.get(liveOf(first()))).toBe("no index");
  // What cannot be decoded is listed from now on, so that somebody can end it.
  const directory = openDirectory({ redis: redis.url });
  expect((await directory.get([corruptId]))[0]?.corrupt).toBe("not JSON");
  expect(await directory.revoke([corruptId, binaryId, listId])).toMatchObject([
    { outcome: "revoked" },
    { outcome: "revoked" },
    { outcome: "revoked" },
  ]);
  await directory.close();
});

it("a sample is bounded, and finds what is common", async () => {
  const pipeline = redis.client.pipeline();
  for (let n = 0; n < 3000; n++) {
    const id = (n % 256).toString(16).padStart(2, "0") + n.toString(16).padStart(30, "0");
    pipeline.set(keys.session(id), (await redis.client.get(keys.session(first().session.id))) ?? "", "PX", 600_000);
  }
  await pipeline.exec();
  const { counts } = await keeper.examine("sample");
  expect(counts.sessions).toBeGreaterThanOrEqual(1000);
  expect(counts.sessions).toBeLessThan(2500);
  expect(counts.missingLive).toBeGreaterThan(900);
});

it("another namespace is left alone", async () => {
  const other = createSessionStore({ redis: redis.url, namespace: "other" });
  await other.create({ user: "alice" });
  await redis.client.del(...(await redis.client.keys("other:*:live")));
  expect((await keeper.repair()).counts).toMatchObject({ ...nothingWrong, sessions: 60 });
  expect(await redis.client.keys("other:*:live")).toEqual([]);
  await other.close();
});

it("stops between two batches when it is told to, and says so", async () => {
  await redis.client.del(...(await redis.client.keys("sc:*:live")));
  const report = await keeper.repair({ signal: AbortSignal.abort() });
  expect(report).toMatchObject({ stopped: true, counts: nothingWrong });
  expect(await redis.client.keys("sc:*:live")).toEqual([]);
});

it("while traffic goes on: no request is refused, nothing comes back, and all is right afterwards", async () => {
  const requests = traffic(
    store,
    issued.slice(0, 40).map(({ token }) => token),
  );
  const damaging = (async () => {
    for (let n = 0; n < 20; n++) {
      await redis.client.del(...Object.keys(await indexes()), "nothing");
      await Promise.all([store.create({ user: `new-${n}` }), store.destroy(issued[40 + n]?.token ?? "")]);
    }
  })();
  for (let n = 0; n < 5; n++) expect((await keeper.repair()).counts.conflicts).toBe(0);
  await damaging;
  await keeper.repair();
  const answers = await requests.end();
  expect(answers.length).toBeGreaterThan(10);
  expect(new Set(answers.map(({ answer }) => answer))).toEqual(new Set(["ok"]));
  expect((await keeper.examine("full")).counts).toMatchObject({ ...nothingWrong, sessions: 60 });
  for (const { token } of issued.slice(40))
    expect(await store.validate(token)).toMatchObject({ ok: false, reason: "logout" });
});
