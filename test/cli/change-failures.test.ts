import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startProxy } from "../helpers/proxy.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// What can go wrong with a change, before it, in the middle and after it.

const key = "sc:{trail}:trail";

let redis: TestRedis;
let sessions: SessionStore;

beforeEach(async () => {
  redis = await startRedis();
  sessions = createSessionStore({ redis: redis.url });
});

afterEach(async () => {
  await sessions.close();
  await redis.stop();
});

const create = async (count: number, user = "alice") =>
  await Promise.all(Array.from({ length: count }, () => sessions.create({ user })));
const there = async (user = "alice") => (await sessions.listUser(user)).length;
const changes = async () => {
  const { stdout } = await sessctl(["trail", "-o", "json"], { url: redis.url });
  return JSON.parse(stdout) as Record<string, unknown>[];
};

/** The URL for a user of the ACL with these rules. */
async function urlAs(...rules: readonly string[]): Promise<string> {
  await redis.client.call("ACL", "SETUSER", "operator", "reset", "on", ">pw", ...rules);
  return redis.url.replace("redis+unix://", "redis+unix://operator:pw@");
}

describe("a trail that cannot be written: nothing is changed,", () => {
  test("as by a user of the ACL who lacks the key: exit 4, and what to grant", async () => {
    await create(1);
    const url = await urlAs("+@all", "%R~sc:*", "~sc:{??}:*");
    const { stdout, stderr, exitCode } = await sessctl(["revoke", "--user", "alice", "--yes"], { url });
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 4 });
    expect(stderr).toMatch(
      /^sessctl: nothing was changed, since the trail cannot be written: Redis denies the user operator a key that is needed\n/,
    );
    expect(stderr).toContain("The trail is the key sc:{trail}:trail, to be read and written.");
    expect(await there()).toBe(1);
  });

  test("as when something else is there: exit 1", async () => {
    await create(1);
    await redis.client.set(key, "something else");
    const { stdout, stderr, exitCode } = await sessctl(["revoke", "--user", "alice", "--yes"], { url: redis.url });
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toMatch(/nothing was changed, since the trail cannot be written: .*\n(.*\n)*? {2}try: /);
    expect(await there()).toBe(1);
  });
});

describe("sessions of another framework", () => {
  const record = JSON.stringify({ cookie: { originalMaxAge: null, expires: null }, user: "alice" });
  const foreign = (args: readonly string[], url = redis.url) =>
    sessctl(["--layout", "connect-redis", ...args], { url });
  beforeEach(() => redis.client.set("sess:secret-of-the-cookie", record, "EX", 3600));

  test("leave the same trail, in sessctl's own namespace, without the key that opens the session", async () => {
    expect(await foreign(["revoke", "--user", "alice", "--yes", "--reason", "stolen"])).toMatchObject({ exitCode: 0 });
    expect(await redis.client.exists("sess:secret-of-the-cookie")).toBe(0);
    expect(await changes()).toMatchObject([
      { action: "revoke", count: 1, reason: "stolen", layout: "connect-redis", result: "done" },
    ]);
    expect(JSON.stringify(await redis.client.xrange(key, "-", "+"))).not.toContain("secret-of-the-cookie");
  });

  test("are not changed by a user who may not write the trail", async () => {
    const url = await urlAs("+@all", "~sess:*");
    const { stderr, exitCode } = await foreign(["revoke", "--user", "alice", "--yes"], url);
    expect(exitCode).toBe(4);
    expect(stderr).toContain("The trail is the key sc:{trail}:trail");
    expect(await redis.client.exists("sess:secret-of-the-cookie")).toBe(1);
    const allowed = await urlAs("+@all", "~sess:*", "~sc:{trail}:*");
    expect(await foreign(["revoke", "--user", "alice", "--yes"], allowed)).toMatchObject({ exitCode: 0 });
  });

  test("whose end the application puts off again: that is said", async () => {
    const told = "the application's next request with such a session may put its end off again\n";
    const expired = await foreign(["expire", "--user", "alice", "--in", "10m", "--yes"]);
    expect(expired).toMatchObject({ stderr: told, exitCode: 0 });
    expect(await redis.client.ttl("sess:secret-of-the-cookie")).toBeLessThanOrEqual(600);
    await create(1, "bob");
    const native = await sessctl(["--layout", "native", "expire", "--user", "bob", "--in", "10m", "--yes"], {
      url: redis.url,
    });
    expect(native).toMatchObject({ stderr: "", exitCode: 0 });
  });
});

test("Redis goes away half way: exit 5, how far it came, here and in the trail; running it again ends the rest", async () => {
  const count = 3000;
  await create(count);
  const reading = await startProxy(redis.socket);
  await sessctl(["revoke", "--user", "alice", "--dry-run", "-o", "id", "-q"], {
    url: `redis://127.0.0.1:${reading.port}`,
  });
  // Breaks in the middle of what comes after the list was read.
  const breaking = await startProxy(redis.socket, { breakAfter: Math.round(reading.mostRead * 1.3) });
  const { stdout, stderr, exitCode } = await sessctl(["revoke", "--user", "alice", "--yes"], {
    url: `redis://127.0.0.1:${breaking.port}`,
  });
  await Promise.all([reading.stop(), breaking.stop()]);
  expect(exitCode).toBe(5);
  const [, done = "", left = ""] =
    /Redis cannot be reached: .*: ([\d,]+) done, ([\d,]+) left; running it again is safe/.exec(stderr) ?? [];
  expect(stdout).toBe(`ended ${done} sessions of 1 user\n`);
  const numbers = [done, left].map((text) => Number(text.replace(",", "")));
  expect(numbers[0]).toBeGreaterThan(0);
  expect(numbers[1]).toBeGreaterThan(0);
  expect((numbers[0] ?? 0) + (numbers[1] ?? 0)).toBe(count);
  expect(await changes()).toMatchObject([
    { count, result: "partly", left: numbers[1], stopped: expect.stringContaining("Redis cannot be reached") },
  ]);
  const again = await sessctl(["revoke", "--user", "alice", "--yes"], { url: redis.url });
  expect(again.exitCode).toBe(0);
  expect(await there()).toBe(0);
});

describe.each([
  ["revoke", ["revoke", "--user", "alice", "--yes"], { result: "done", done: { revoked: 3 } }],
  ["expire", ["expire", "--user", "alice", "--in", "1m", "--yes"], { result: "done", done: { expired: 3 } }],
  ["doctor --repair", ["doctor", "--repair"], { action: "repair", result: "done" }],
] as const)("%s", (_, args, told) => {
  /** Runs it with its output on what `stdout` is, and gives what it says and how it ends. */
  async function run(stdout: "pipe" | number, more: readonly string[] = []) {
    const child = spawn(process.execPath, [program, ...args, ...more], {
      env: { ...process.env, SESSCTL_URL: redis.url },
      stdio: ["ignore", stdout, "pipe"],
    });
    child.stdout?.destroy();
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    const exitCode = await new Promise((resolve) => child.once("close", resolve));
    return { stderr, exitCode };
  }

  test("a reader that has gone: what was asked for is done, and in the trail", async () => {
    await create(3);
    expect(await run("pipe", ["-o", "ndjson"])).toEqual({ stderr: "", exitCode: 0 });
    expect(await changes()).toMatchObject([told]);
  });

  // The device that is always full is Linux's.
  test.runIf(process.platform === "linux")(
    "a full disk: it is said, and that it was done is in the trail",
    async () => {
      await create(3);
      const full = openSync("/dev/full", "w");
      const { stderr, exitCode } = await run(full);
      closeSync(full);
      expect(exitCode).toBe(1);
      expect(stderr).toContain("cannot write: no space left on the device");
      expect(stderr).toContain("may have changed them");
      expect(await changes()).toMatchObject([told]);
    },
  );
});

test("a reason that is too long is a usage error, and nothing is changed", async () => {
  await create(1);
  const result = await sessctl(["revoke", "--user", "alice", "--yes", "--reason", "x".repeat(501)], { url: redis.url });
  expect(result).toMatchObject({ stdout: "", exitCode: 2 });
  expect(result.stderr).toContain("--reason: it is 501 characters long");
  expect(await there()).toBe(1);
});
