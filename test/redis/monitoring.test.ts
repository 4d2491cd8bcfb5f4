import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionStore, openDirectory, type SessionDirectory, type SessionStore } from "../../src/index.js";
import { minutes, type TestClock, testClock } from "../helpers/clock.js";
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

describe("the most recent by the index alone", () => {
  it("come newest first with their times, and no record is read", async () => {
    for (let n = 0; n < 40; n++) {
      clock.advance(1000);
      await store.create({ user: `user-${n}` });
    }
    await redis.client.config("RESETSTAT");
    const entries = await directory.recentEntries(25);
    expect(entries.map(({ seenAt }) => seenAt)).toEqual(Array.from({ length: 25 }, (_, n) => clock() - n * 1000));
    expect(await redis.client.info("commandstats")).not.toMatch(/cmdstat_(get|mget|evalsha|eval):/);
    expect((await directory.get(entries.map(({ id }) => id))).map(({ lastSeenAt }) => lastSeenAt)).toEqual(
      entries.map(({ seenAt }) => seenAt),
    );
  });

  it("ask no shard for more than a few above its share", async () => {
    await Promise.all(Array.from({ length: 2000 }, (_, n) => store.create({ user: `user-${n}` })));
    const monitored: string[] = [];
    const monitor = await redis.client.monitor();
    monitor.on("monitor", (_, args: string[]) => monitored.push(args.join(" ")));
    await directory.recentEntries(256);
    await expect.poll(() => monitored.filter((line) => /zrange/i.test(line)).length).toBeGreaterThanOrEqual(256);
    monitor.disconnect();
    expect(monitored.find((line) => /zrange/i.test(line))).toMatch(/:live 0 4 REV WITHSCORES$/i);
  });
});

describe("how many users there are, by estimate", () => {
  it("is near the truth whether users have one session or many, and counts nobody for anonymous ones", async () => {
    const made: Promise<unknown>[] = [];
    for (let n = 0; n < 900; n++) made.push(store.create({ user: `one-${n}` }));
    for (let n = 0; n < 600; n++) made.push(store.create({ user: `few-${n % 100}` }));
    for (let n = 0; n < 500; n++) made.push(store.create());
    await Promise.all(made);
    let sum = 0;
    for (let n = 0; n < 40; n++) sum += await directory.estimateUsers();
    expect(sum / 40).toBeGreaterThan(850);
    expect(sum / 40).toBeLessThan(1150);
  });

  it("is nought where there are none", async () => {
    expect(await directory.estimateUsers()).toBe(0);
    await store.create();
    await redis.client.set("sc:{00}:session:x", "not a record");
    expect(await directory.estimateUsers()).toBe(0);
  });
});

it("tells how much the server holds and does", async () => {
  const { memoryBytes, commandsPerSecond } = await directory.load();
  expect(memoryBytes).toBeGreaterThan(100_000);
  expect(commandsPerSecond).toBeGreaterThanOrEqual(0);
});

describe("events after a mark, so many at the most", () => {
  it("are the newest, and it is told that others were passed over", async () => {
    const { mark } = await directory.eventsAfter();
    for (let n = 0; n < 300; n++) {
      clock.advance(10);
      await store.create({ user: "busy", data: { n } });
    }
    const read = await directory.eventsAfter(mark, { limit: 256 });
    expect(read.passedOver).toBe(true);
    expect(read.events.map(({ at }) => at)).toEqual([clock() - 30, clock() - 20, clock() - 10, clock()]);
    const more = await directory.eventsAfter(read.mark, { limit: 256 });
    expect(more).toMatchObject({ events: [], passedOver: false });
    await store.create({ user: "busy" });
    const next = await directory.eventsAfter(more.mark, { limit: 256 });
    expect([next.events.length, next.passedOver]).toEqual([1, false]);
  });

  it("begin with those since an instant", async () => {
    await store.create({ user: "early" });
    clock.advance(minutes(2));
    for (let n = 0; n < 5; n++) await store.create({ user: `late-${n}` });
    const since = clock() - minutes(1);
    expect((await directory.eventsAfter(undefined, { since, limit: 100 })).events).toHaveLength(5);
    const cut = await directory.eventsAfter(undefined, { since, limit: 3 });
    expect([cut.events.length, cut.passedOver]).toEqual([3, true]);
  });
});
