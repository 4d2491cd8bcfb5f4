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
