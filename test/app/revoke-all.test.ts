import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { revokeAll } from "../../src/app/revoke.js";
import { trailOf } from "../../src/app/trail.js";
import type { DirectorySession, SessionDirectory, Trail } from "../../src/core/ports.js";
import { createSessionStore, openDirectory } from "../../src/index.js";
import { openTrail } from "../../src/redis/open-trail.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let directory: SessionDirectory;
let trail: Trail;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.client.flushdb();
  directory = openDirectory({ redis: redis.url });
  trail = openTrail({ redis: redis.url });
});
afterEach(async () => {
  await directory.close();
  await trail.close();
});

/** Starts sessions by the clock of an application that is off by so many ms. */
async function create(count: number, offMs: number): Promise<readonly string[]> {
  const store = createSessionStore({ redis: redis.url, clock: () => Date.now() + offMs });
  const issued = await Promise.all(Array.from({ length: count }, () => store.create({ user: "alice" })));
  await store.close();
  return issued.map(({ session }) => session.id);
}

async function listed() {
  const listedAt = Date.now();
  const sessions: DirectorySession[] = [];
  for await (const batch of directory.walk()) sessions.push(...batch);
  return { sessions, listedAt, ids: sessions.map(({ id }) => id), actor: "a@b", reason: undefined, selection: "--all" };
}

const there = async (ids: readonly string[]) => (await directory.get(ids)).map(({ id }) => id).toSorted();
const minute = 60_000;

test("all that were listed end, and nothing of them is left", async () => {
  const ids = [...(await create(30, -minute)), ...(await create(10, 0))];
  const report = await revokeAll({ directory, trail }, await listed());
  expect(report.changes.map(({ outcome }) => outcome)).toEqual(ids.map(() => "revoked"));
  expect(report).toMatchObject({ left: [], notRemoved: 0 });
  expect(await redis.client.keys("sc:*:session:*")).toEqual([]);
});

test("the cutoff comes first: whoever is stopped after it has ended what is older all the same", async () => {
  const old = await create(600, -minute);
  const young = await create(20, 0);
  const order = await listed();
  const signal = AbortSignal.abort();
  const report = await revokeAll({ directory, trail }, order, { signal });
  expect(await there(old)).toEqual([]);
  expect(await there(young)).toEqual([...young].toSorted());
  expect([...report.left].toSorted()).toEqual([...young].toSorted());
  expect(report.changes.map(({ id }) => id).toSorted()).toEqual([...old].toSorted());
  expect(report.notRemoved).toBe(600);
  const { done } = await trailOf(trail, {});
  expect(done).toMatchObject([{ count: 620, end: { done: { revoked: 600 }, left: 20, stopped: "interrupted" } }]);
  expect(done[0]?.cutoff).toBeLessThan(order.listedAt);
});

test.each([0, -1000, -4000, 4000])(
  "a session that was not listed stays, by a clock that is off by %d ms",
  async (offMs) => {
    await create(10, -minute);
    await create(10, 0);
    const order = await listed();
    const later = await create(5, offMs);
    await revokeAll({ directory, trail }, order);
    expect(await there(later)).toEqual([...later].toSorted());
    expect(await there(order.ids)).toEqual([]);
  },
);

test("an operator's clock that is ahead ends no session that was not listed", async () => {
  await create(10, -minute);
  const order = { ...(await listed()), listedAt: Date.now() + 5 * minute };
  const later = await create(5, 0);
  await revokeAll({ directory, trail }, order);
  expect(await there(later)).toEqual([...later].toSorted());
});

test("where every session is young there is no cutoff, and they end one by one", async () => {
  const ids = await create(5, 0);
  const report = await revokeAll({ directory, trail }, await listed());
  expect(report.changes).toHaveLength(5);
  expect(await there(ids)).toEqual([]);
  expect(await redis.client.keys("sc:*:cutoff")).toEqual([]);
});
