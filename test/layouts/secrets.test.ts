import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layouts } from "../../src/layouts/index.js";
import { sessctl } from "../helpers/cli.js";
import { putKeys } from "../helpers/fixture.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import { layoutCases } from "./cases/index.js";

/** Whoever has one of these has a session, or a shop. */
const secrets = new Set([
  ...layoutCases
    .filter(({ layout }) => layout !== "shopify")
    .flatMap(({ sessions }) => sessions(0).map(({ key, secret }) => secret ?? key.slice(key.lastIndexOf(":") + 1))),
  "shpat_secret",
]);

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
  for (const { fixture, corrupt } of layoutCases) {
    await putKeys(redis.client, [...fixture.keys, ...corrupt], Date.now());
  }
  // Rights with which a command fails in the middle of its work, and Redis says of which.
  for (const [user, ...rights] of [
    ["reader", "+@all", "-unlink", "-pexpireat"],
    ["scanner", "+@all", "-evalsha_ro", "-eval_ro"],
    ["narrow", "+@all", "-get", "-hgetall"],
  ]) {
    await redis.client.call("ACL", "SETUSER", user ?? "", "on", ">x", "~*", "&*", ...rights);
  }
});
afterAll(() => redis.stop());

const as = (user: string) => redis.url.replace("redis+unix://", `redis+unix://${user}:x@`);

/** Runs a command and fails when anything it wrote holds a secret. */
async function expectSilent(args: readonly string[], url: string): Promise<string> {
  const { stdout, stderr } = await sessctl([...args, "--debug"], { url });
  const told = stdout + stderr;
  expect(told).not.toBe("");
  for (const secret of secrets) expect(told.includes(secret), `${args.join(" ")} tells ${secret}`).toBe(false);
  return told;
}

describe("the name of a session's key", () => {
  it("is known to this test for every layout", () => {
    expect(secrets.size).toBeGreaterThan(2 * layouts.length);
    for (const secret of secrets) expect(secret.length).toBeGreaterThan(8);
  });

  it.each([
    ["list", "--limit", "0"],
    ["list", "-o", "wide"],
    ["list", "-o", "json"],
    ["list", "-o", "csv"],
    ["list", "-o", "ndjson"],
    ["list", "-o", "id"],
    ["audit"],
    ["audit", "-o", "json"],
    ["layouts"],
    ["layouts", "-o", "json"],
    ["layouts", "--probe"],
    ["layouts", "--probe", "-o", "json"],
    ["top", "--once"],
    ["top", "--once", "-o", "json"],
    ["events"],
    ["doctor"],
    ["revoke", "--all", "--dry-run"],
  ])("is in nothing that is written by %s %s %s", async (...args) => {
    await expectSilent(args, redis.url);
  });

  it("is in nothing that show writes, with the sessions' data", async () => {
    const { stdout } = await sessctl(["list", "--limit", "0", "-o", "id", "-q"], { url: redis.url });
    const ids = stdout.trim().split("\n");
    expect(ids.length).toBeGreaterThan(20);
    await expectSilent(["show", ...ids, "--data"], redis.url);
    await expectSilent(["show", ...ids, "--data", "-o", "json"], redis.url);
  });

  it.each(["reader", "scanner", "narrow"])("is in no error of a user %s whose rights do not reach", async (user) => {
    const { stdout } = await sessctl(["list", "--limit", "0", "-o", "id", "-q"], { url: redis.url });
    const ids = stdout.trim().split("\n").slice(0, 5);
    for (const args of [
      ["list", "-o", "json"],
      ["show", ...ids],
      ["revoke", ...ids, "--yes"],
      ["expire", ...ids, "--in", "1m", "--yes"],
    ]) {
      await expectSilent(args, as(user));
    }
  });

  it("is in no error of a Redis that does not answer", async () => {
    await redis.client.call("CLIENT", "PAUSE", 3000, "ALL");
    await expectSilent(["list", "--layout", "connect-redis", "--timeout", "1s"], redis.url);
  });

  it("is in nothing that revoke and expire write, nor in the operators' trail", async () => {
    await redis.client.call("CLIENT", "UNPAUSE");
    await expectSilent(["expire", "--user", "u1", "--in", "5m", "--yes", "--reason", "test"], redis.url);
    await expectSilent(["revoke", "--user", "u1", "--yes", "--reason", "test"], redis.url);
    await expectSilent(["trail", "-o", "json"], redis.url);
  });
});
