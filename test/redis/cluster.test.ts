import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionStore, openDirectory, type SessionDirectory, type SessionStore } from "../../src/index.js";
import { openTrail } from "../../src/redis/open-trail.js";
import { sessionStoreContract } from "../contracts/session-store.js";
import { minutes, type TestClock, testClock } from "../helpers/clock.js";
import { startCluster, type TestCluster } from "../helpers/cluster.js";

let cluster: TestCluster;
let namespaces = 0;

beforeAll(async () => {
  cluster = await startCluster();
}, 60_000);
afterAll(() => cluster.stop());

sessionStoreContract("Redis Cluster of three masters and three replicas", {
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  open: (options) => createSessionStore({ redis: cluster.url, namespace: `t${namespaces++}`, ...options }),
});

const home = { ip: "203.0.113.7", userAgent: "Mozilla/5.0 Firefox/150.0" };
const cafe = { ip: "198.51.100.20", userAgent: "Mozilla/5.0 Firefox/150.0" };

describe("the directory of a cluster", () => {
  let clock: TestClock;
  let namespace: string;
  let store: SessionStore;
  let directory: SessionDirectory;

  beforeEach(() => {
    clock = testClock();
    namespace = `d${namespaces++}`;
    store = createSessionStore({ redis: cluster.url, namespace, clock });
    directory = openDirectory({ redis: cluster.url, namespace, clock });
  });
  afterEach(async () => {
    await store.close();
    await directory.close();
  });

  /** Sessions of 100 users and of nobody, which lie on every master. */
  async function populate(count = 200) {
    const issued = [];
    for (let n = 0; n < count; n++) {
      clock.advance(10);
      issued.push(
        await store.create({ ...(n % 4 === 0 ? {} : { user: `user-${n % 100}` }), client: home, data: { n } }),
      );
    }
    return issued;
  }

  async function walked() {
    const sessions = [];
    for await (const batch of directory.walk()) sessions.push(...batch);
    return sessions;
  }

  const keysOnMasters = async (pattern: string) =>
    Promise.all(cluster.masters.map(async ({ client }) => (await client.keys(pattern)).length));

  it("has sessions on every master, and none twice", async () => {
    await populate();
    const perMaster = await keysOnMasters(`${namespace}:*:session:*`);
    expect(Math.min(...perMaster)).toBeGreaterThan(20);
    expect(perMaster.reduce((sum, keys) => sum + keys)).toBe(200);
  });

  it("says how many replicas have what was changed, on the master that has fewest", async () => {
    await populate(20);
    expect(await directory.replicated(1, 5000)).toBe(1);
    expect(await directory.replicated(2, 100)).toBe(1);
  });

  it("keeps one trail, whichever master it is on", async () => {
    const trail = openTrail({ redis: cluster.url, namespace });
    const step = { phase: "end", of: 1, deed: "revoke", actor: "a@b", done: {}, left: 0, stopped: undefined } as const;
    await Promise.all(Array.from({ length: 20 }, () => trail.append(step)));
    expect(await trail.verify()).toMatchObject({ entries: 20, breaks: [] });
    await trail.close();
  });

  it("counts, lists and walks the sessions of all masters", async () => {
    await populate();
    clock.advance(minutes(5));
    const late = await store.create({ user: "late", data: { n: "late" } });
    expect(await directory.count([clock() - minutes(1), 0])).toEqual({
      sessions: 201,
      flagged: 0,
      activeSince: [1, 201],
    });
    const recent = await directory.recent(50);
    expect(recent.map(({ data }) => data?.["n"])).toEqual(["late", ...Array.from({ length: 49 }, (_, n) => 199 - n)]);
    const ids = (await walked()).map(({ id }) => id);
    expect(ids).toHaveLength(201);
    expect(new Set(ids).size).toBe(201);
    expect(ids).toContain(late.session.id);
  });

  it("estimates users, and adds up what the masters hold", async () => {
    await populate();
    expect(await directory.estimateUsers()).toBeGreaterThan(50);
    const { memoryBytes } = await directory.load();
    const used = cluster.masters.map(async ({ client }) =>
      Number(/used_memory:(\d+)/.exec(await client.info("memory"))?.[1]),
    );
    expect(memoryBytes).toBeGreaterThan(Math.max(...(await Promise.all(used))));
  });

  it("finds sessions by user and by prefix", async () => {
    const issued = await populate();
    expect((await directory.byUser("user-7")).map(({ data }) => data?.["n"])).toEqual([107, 7]);
    for (const n of [0, 41, 102]) {
      const id = issued[n]?.session.id ?? "";
      expect(await directory.find(id.slice(0, 10))).toEqual([id]);
    }
  });

  it("revokes and expires sessions of all masters in one call", async () => {
    const issued = await populate();
    const [revoked, expired] = [issued.slice(0, 60), issued.slice(60, 120)];
    const idsOf = (some: typeof issued) => some.map(({ session }) => session.id);
    for (const { outcome } of await directory.revoke(idsOf(revoked), { reason: "stolen" }))
      expect(outcome).toBe("revoked");
    for (const { outcome } of await directory.expire(idsOf(expired), clock() + 1000)) expect(outcome).toBe("expired");
    clock.advance(1000);
    for (const { token } of revoked) expect(await store.validate(token)).toEqual({ ok: false, reason: "revoked" });
    for (const { token } of expired) expect(await store.validate(token)).toEqual({ ok: false, reason: "expired" });
    expect(await walked()).toHaveLength(80);
  });

  it("ends everything with a cutoff, and a sweep leaves nothing on any master", async () => {
    const before = await populate();
    clock.advance(1);
    await directory.cutoff(clock());
    const after = await store.create({ user: "user-1" });
    const checks = await Promise.all(before.map(({ token }) => store.validate(token)));
    for (const check of checks.slice(0, 100)) expect(check).toEqual({ ok: false, reason: "revoked" });
    expect((await walked()).map(({ id }) => id)).toEqual([after.session.id]);
    await store.sweep();
    const sums = async (pattern: string) => (await keysOnMasters(pattern)).reduce((sum, keys) => sum + keys);
    expect(await sums(`${namespace}:*:session:*`)).toBe(1);
    expect(await sums(`${namespace}:*:live`)).toBe(1);
    expect(await sums(`${namespace}:*:user:*`)).toBe(1);
  });

  it("sweeps the indexes of all masters", async () => {
    const issued = await populate();
    for (const { session } of issued.slice(0, 100)) {
      const key = `${namespace}:{${session.id.slice(0, 2)}}:session:${session.id}`;
      await Promise.all(cluster.masters.map(({ client }) => client.del(key).catch(() => 0)));
    }
    expect(await store.sweep()).toBe(100 + 75);
    expect(await store.sweep()).toBe(0);
    expect((await directory.count()).sessions).toBe(100);
  });

  it("tells the events of all masters in order", async () => {
    const issued = await populate(40);
    clock.advance(2000);
    const moved = issued[1]?.token ?? "";
    await store.validate(moved, cafe);
    clock.advance(10);
    await store.rotate(issued[0]?.token ?? "", { user: "alice" });
    const events = await directory.events();
    expect(events.map(({ type }) => type)).toEqual([
      ...Array.from({ length: 40 }, () => "created"),
      "switched",
      "rotated",
    ]);
    expect(events.slice(0, 40).map(({ id }) => id)).toEqual(issued.map(({ session }) => session.id));
    expect((await directory.count()).flagged).toBe(1);
  });
});
