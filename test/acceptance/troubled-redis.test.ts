import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// A Redis that answers, but not as it should: what an operator is told, and the exit code.

let redis: TestRedis;
let id: string;

beforeEach(async () => {
  // Loading takes its time where it happens: each key two milliseconds.
  redis = await startRedis(["--key-load-delay", "2000", "--loading-process-events-interval-bytes", "1024"]);
  const sessions = createSessionStore({ redis: redis.url });
  ({
    session: { id },
  } = await sessions.create({ user: "alice" }));
  await sessions.close();
});

afterEach(() => redis.stop());

const changes = [["revoke"], ["expire", "--in", "1m"]];

test.each(changes)("a replica takes no changes, %s: exit 4, and nothing is changed", async (...command) => {
  await redis.client.call("REPLICAOF", "127.0.0.1", "1");
  const { stdout, stderr, exitCode } = await sessctl([...command, id], { url: redis.url });
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 4 });
  expect(stderr).toMatch(/^sessctl: nothing was changed, .*: Redis is a replica that takes no writes: READONLY/);
  expect(stderr).toContain("try: Connect to the master.");
  expect((await sessctl(["list", "-o", "id"], { url: redis.url })).stdout).toBe(`${id}\n`);
});

test.each([["list"], ...changes])(
  "one that loads its data, %s: exit 4, and that it is for a while",
  async (...command) => {
    const sessions = createSessionStore({ redis: redis.url });
    await Promise.all(Array.from({ length: 500 }, () => sessions.create()));
    await sessions.close();
    await redis.client.save();
    await redis.crash(/Loading RDB/);
    const { stdout, stderr, exitCode } = await sessctl([...command, ...(command[0] === "list" ? [] : [id])], {
      url: redis.url,
    });
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 4 });
    expect(stderr).toMatch(/^sessctl: Redis is loading its data: LOADING/);
    expect(stderr).toContain("try: Wait until it has loaded");
  },
);

describe("a clock that is wrong", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sessctl-clock-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs sessctl on a machine whose clock is off. */
  async function withClock(offMs: number, args: readonly string[]) {
    const file = path.join(folder, "clock.mjs");
    writeFileSync(file, `const now = Date.now; Date.now = () => now() + ${offMs};`);
    return await sessctl(args, { url: redis.url, env: { NODE_OPTIONS: `--import ${file}` } });
  }

  test.each([
    [300_000, /^warning: the clock of this machine is (5m|4m59s) ahead of that of Redis; times are off by as much\n/],
    [-300_000, /^warning: the clock of this machine is (5m|4m59s) behind that of Redis/],
  ])("by %d ms: a change warns of it", async (offMs, message) => {
    const { stderr, exitCode } = await withClock(offMs, ["revoke", "--user", "alice", "--dry-run"]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(0);
    expect((await withClock(offMs, ["revoke", "--user", "alice", "--dry-run", "-q"])).stderr).toBe("");
  });

  test.each([["list"], ["show", "ID"], ["audit", "--anomalies"], ["events"], ["stats"]])(
    "five minutes ahead, %s: that its ages and what is left are off is said, and the rest is as ever",
    async (...args) => {
      const own = args.map((arg) => (arg === "ID" ? id : arg));
      const { stdout, stderr, exitCode } = await withClock(300_000, own);
      expect(stderr).toMatch(/^warning: the clock of this machine is (5m|4m59s) ahead of that of Redis;/m);
      expect({ exitCode, said: stdout !== "" }).toEqual({ exitCode: 0, said: true });
      expect((await withClock(0, own)).stderr).not.toContain("clock");
    },
  );

  test("by nothing: nothing is said", async () => {
    expect((await withClock(0, ["revoke", id])).stderr).not.toContain("clock");
  });
});

describe("a server older than 7.0", () => {
  // There is no package of one to test with: this speaks as much of Redis 6.0's protocol as it is asked for.
  let old: Server;
  let url: string;
  beforeEach(async () => {
    old = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", (data) => {
        for (const [, name = ""] of data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g))
          socket.write(replyOf(name.toUpperCase()));
      });
    });
    await new Promise<void>((resolve) => old.listen(0, "127.0.0.1", resolve));
    url = `redis://127.0.0.1:${(old.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => old.close(resolve)));

  function replyOf(name: string): string {
    if (name === "HELLO") return "%2\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$5\r\n6.0.0\r\n";
    if (name === "CLIENT" || name === "SELECT") return "+OK\r\n";
    if (name.startsWith("EVAL")) {
      return "-ERR Error running script (call to f_1): @user_script:5: Unknown Redis command called from Lua script\r\n";
    }
    return name.startsWith("Z") ? "*0\r\n" : "-ERR unknown command\r\n";
  }

  test.each([[["show", "a3f09c2e".padEnd(32, "0")]], [["revoke", "a3f09c2e".padEnd(32, "0")]]])(
    "%s: exit 1, and which one is needed",
    async (args) => {
      const { stdout, stderr, exitCode } = await sessctl(args, { url });
      expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
      expect(stderr).toMatch(/^sessctl: this Redis lacks a command that sessctl needs: /m);
      expect(stderr).toContain("try: Redis 7.0 or newer, or Valkey, is needed.");
    },
  );
});
