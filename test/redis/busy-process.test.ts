import { afterAll, beforeAll, expect, it } from "vitest";
import { openDirectory } from "../../src/index.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

it("an answer that came while this process was busy is no timeout", async () => {
  const directory = openDirectory({ redis: redis.url, commandTimeoutMs: 200 });
  await directory.count();
  const counting = directory.count();
  // The command is on its way after a turn of the event loop; then nobody looks for longer than the timeout.
  await new Promise((resolve) => setImmediate(resolve));
  const until = performance.now() + 250;
  while (performance.now() < until);
  await expect(counting).resolves.toMatchObject({ sessions: 0 });
  await directory.close();
});
