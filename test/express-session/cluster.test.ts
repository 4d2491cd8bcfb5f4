import type { SessionData } from "express-session";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RedisStore } from "../../src/express-session/index.js";
import { startCluster, type TestCluster } from "../helpers/cluster.js";

let cluster: TestCluster;
let store: RedisStore;

beforeAll(async () => {
  cluster = await startCluster();
  store = new RedisStore({ redis: cluster.url });
}, 60_000);
afterAll(async () => {
  await store.close();
  await cluster.stop();
});

const data = (): SessionData => {
  const cookie = { originalMaxAge: 60_000, expires: new Date(Date.now() + 60_000), httpOnly: true, path: "/" };
  return { cookie };
};
const sids = Array.from({ length: 300 }, (_, n) => `sid-${n}`).toSorted();

describe("the store for express-session in a Redis Cluster", () => {
  it("finds all sessions, also as the first thing it does", async () => {
    const first = new RedisStore({ redis: cluster.url });
    expect(await first.length()).toBe(0);
    for (const sid of sids) await store.set(sid, data());
    await first.close();
    const second = new RedisStore({ redis: cluster.url });
    expect(await second.length()).toBe(300);
    await second.close();
  });

  it("has sessions on every master", async () => {
    const sizes = await Promise.all(cluster.masters.map(({ client }) => client.dbsize()));
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(300);
  });

  it("lists, loads, touches and destroys", async () => {
    expect((await store.ids()).toSorted()).toEqual(sids);
    expect((await store.all()).map(({ id }) => id).toSorted()).toEqual(sids);
    const loaded = (await store.get("sid-1")) ?? data();
    expect(await store.touch("sid-1", loaded)).toBe(true);
    expect(await store.destroy("sid-1")).toBe(true);
    expect(await store.set("sid-1", loaded)).toBe(false);
    expect(await store.set("sid-1", data())).toBe(false);
  });

  it("clears them, where one command for all would be refused", async () => {
    expect(await store.clear()).toBe(299);
    expect(await store.length()).toBe(0);
  });
});
