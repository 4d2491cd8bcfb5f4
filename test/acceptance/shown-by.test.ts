import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  for (let n = 0; n < 8; n++) await sessions.create({ user: `user${n % 3}` });
  await sessions.close();
});

afterAll(() => redis.stop());

test("sessctl list -o json parses", async () => {
  const { stdout, exitCode } = await sessctl(["list", "-o", "json"], { url: redis.url });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toHaveLength(8);
});

test("sessctl list -o id --limit 3 | sessctl revoke - --yes ends those three", async () => {
  const list = await sessctl(["list", "-o", "id", "--limit", "3"], { url: redis.url });
  const ids = list.stdout.trim().split("\n");
  expect(ids).toHaveLength(3);
  const revoke = await sessctl(["revoke", "-", "--yes"], { url: redis.url, stdin: list.stdout });
  expect(revoke).toMatchObject({ exitCode: 0, stderr: "" });
  expect(revoke.stdout).toMatch(/^ended 3 sessions of [123] users?\n$/);
  const left = await sessctl(["list", "-o", "id"], { url: redis.url });
  expect(left.stdout.trim().split("\n")).toHaveLength(5);
  for (const id of ids) expect(left.stdout).not.toContain(id);
});
