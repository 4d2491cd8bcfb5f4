import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { program as bin, sessctl } from "../helpers/cli.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let sessions: SessionStore;

beforeAll(async () => {
  redis = await startRedis();
  sessions = createSessionStore({ redis: redis.url });
});
afterAll(async () => {
  await sessions.close();
  await redis.stop();
});

test("what is done on the screen is in the trail, and nothing is done when that cannot be written", async () => {
  await sessions.create({ user: "alice" });
  await sessions.create({ user: "bob" });
  const top = startOnTerminal([process.execPath, bin, "top"], { env: { SESSCTL_URL: redis.url } });
  try {
    await top.until("bob");
    top.type("/bob\r");
    await top.until("1 found");
    await redis.client.set("sc:{trail}:trail", "in the way");
    top.type("x");
    await top.until("Revoke this session?");
    top.type("\t\r");
    await top.until(/nothing was changed/);
    expect(await sessions.listUser("bob")).toHaveLength(1);
    await redis.client.del("sc:{trail}:trail");
    top.type("\u001B");
    await top.until("x revoke");
    top.type("x");
    await top.until("Revoke this session?");
    top.type("\t\r");
    await top.until("Revoked session");
  } finally {
    await top.stop();
  }
  const { stdout } = await sessctl(["trail", "-o", "json"], { url: redis.url });
  expect(JSON.parse(stdout)).toMatchObject([
    { action: "revoke", count: 1, reason: "sessctl top", selection: "chosen on the screen", result: "done" },
  ]);
});
