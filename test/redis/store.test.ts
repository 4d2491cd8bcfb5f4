import { expect, it } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessionStoreContract } from "../contracts/session-store.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let namespaces = 0;

sessionStoreContract("Redis, standalone", {
  start: async () => {
    redis = await startRedis();
  },
  stop: () => redis.stop(),
  open: (options) => createSessionStore({ redis: redis.url, namespace: `t${namespaces++}`, ...options }),
});

it("leaves nothing on a client that stays its owner's", async () => {
  const owned = await startRedis();
  try {
    const listeners = () => owned.client.eventNames().map((name) => owned.client.listenerCount(name));
    const before = listeners();
    const store = createSessionStore({ redis: owned.client });
    await store.create();
    await store.close();
    expect(listeners()).toEqual(before);
    expect(await owned.client.ping()).toBe("PONG");
  } finally {
    await owned.stop();
  }
});
