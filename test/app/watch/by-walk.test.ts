import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { WalkWatch } from "../../../src/app/watch/by-walk.js";
import { createClientReader } from "../../../src/clients/reader.js";
import type { DirectorySession, SessionDirectory, SessionStore } from "../../../src/core/ports.js";
import { createSessionStore, openDirectory } from "../../../src/index.js";
import { minutes, type TestClock, testClock } from "../../helpers/clock.js";
import { deferred } from "../../helpers/deferred.js";
import { startRedis, type TestRedis } from "../../helpers/redis.js";

let redis: TestRedis;
let clock: TestClock;
let sessions: SessionStore;
let directory: SessionDirectory;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

beforeEach(async () => {
  await redis.client.flushall();
  clock = testClock();
  sessions = createSessionStore({ redis: redis.url, clock });
  directory = openDirectory({ redis: redis.url, clock });
  return async () => {
    await sessions.close();
    await directory.close();
  };
});

const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The directory as one without indexes: counts and the most recent must not be asked of it. */
function walkOnly(walk: () => AsyncIterable<readonly DirectorySession[]> = () => directory.walk()): SessionDirectory {
  const refused = () => Promise.reject(new Error("asked of an index"));
  return new Proxy(directory, {
    get: (target, name) => {
      if (name === "walk") return walk;
      if (["count", "recent", "recentEntries", "estimateUsers"].includes(String(name))) return refused;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

const watchOf = (of: SessionDirectory) => new WalkWatch(of, createClientReader(), clock, soon);

test("counts and the most recent come from a walk, whose age is told", async () => {
  for (const user of ["alice", "bob", "carol"]) {
    await sessions.create({ user });
    clock.advance(minutes(2));
  }
  const watch = watchOf(walkOnly());
  const first = await watch.look({ limit: 2 });
  await expect.poll(async () => (await watch.look({ limit: 2 })).walk?.endedAt).toBe(clock());
  clock.advance(5000);
  const look = await watch.look({ limit: 2 });
  expect(look).toMatchObject({ sessions: 3, active1m: 0, active5m: 2, flagged: 0 });
  expect(look.created1m).toEqual({ count: 0, atLeast: false });
  expect(look.rows.map(({ user }) => user)).toEqual(["carol", "bob"]);
  expect(look.walk).toMatchObject({ startedAt: first.walk?.startedAt, endedAt: clock() - 5000 });
});

test("a first look at few rows does not keep those that follow from more", async () => {
  for (let n = 0; n < 30; n++) await sessions.create({ user: `user-${n}` });
  const watch = watchOf(walkOnly());
  await watch.look({ limit: 2 });
  await expect.poll(async () => (await watch.look({ limit: 500 })).rows.length).toBe(30);
});

test("while the first walk is under way, what was read so far is told", async () => {
  for (let n = 0; n < 4; n++) await sessions.create({ user: `user-${n}` });
  const all: DirectorySession[] = [];
  for await (const batch of directory.walk()) all.push(...batch);
  const rest = deferred<void>();
  const watch = watchOf(
    walkOnly(async function* () {
      yield all.slice(0, 3);
      await rest.promise;
      yield all.slice(3);
    }),
  );
  await expect.poll(async () => (await watch.look({ limit: 10 })).sessions).toBe(3);
  expect((await watch.look({ limit: 10 })).walk).toMatchObject({ endedAt: undefined, read: 3 });
  rest.resolve();
  await expect.poll(async () => (await watch.look({ limit: 10 })).sessions).toBe(4);
});

test("rows on the screen are read anew between two walks, and those that are gone are told", async () => {
  const alice = await sessions.create({ user: "alice" });
  const bob = await sessions.create({ user: "bob" });
  const watch = watchOf(walkOnly());
  await expect.poll(async () => (await watch.look({ limit: 10 })).walk?.endedAt).toBeDefined();
  await sessions.destroy(alice.token);
  clock.advance(minutes(1));
  await sessions.validate(bob.token);
  const onScreen = [alice.session.id, bob.session.id];
  const look = () => watch.look({ limit: 10, whole: { from: 0, to: 10 }, onScreen });
  // A request's time is written a moment after it was answered.
  await expect
    .poll(async () => (await look()).rows.map(({ user, lastSeenAt }) => [user, lastSeenAt]))
    .toEqual([["bob", clock()]]);
  expect((await look()).gone).toEqual([alice.session.id]);
});

test("another walk begins only after a long rest; one that fails is told once and tried again", async () => {
  await sessions.create({ user: "alice" });
  let walks = 0;
  let fail = false;
  const watch = watchOf(
    walkOnly(() => {
      walks++;
      if (fail) throw new Error("a broken walk");
      return directory.walk();
    }),
  );
  await expect.poll(async () => (await watch.look({ limit: 10 })).walk?.endedAt).toBeDefined();
  clock.advance(9000);
  await watch.look({ limit: 10 });
  expect(walks).toBe(1);
  fail = true;
  clock.advance(1000);
  await watch.look({ limit: 10 });
  await expect.poll(() => walks).toBe(2);
  await expect(watch.look({ limit: 10 })).rejects.toThrow("a broken walk");
  expect((await watch.look({ limit: 10 })).sessions).toBe(1);
});
