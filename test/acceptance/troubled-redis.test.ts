import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// A Redis that answers, but not as it should: what an operator is told, and the exit code.

let redis: TestRedis;
let id: string;

beforeEach(async () => {
  redis = await startRedis();
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

describe("a clock that is wrong", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sessctl-clock-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs sessctl on a machine whose clock is off. */
  async function withClock(offMs: number, args: readonly string[]) {
    return await sessctl(args, { url: redis.url, env: { NODE_OPTIONS: `--import ${clockFile(offMs)}` } });
  }

  function clockFile(offMs: number): string {
    const file = path.join(folder, "clock.mjs");
    writeFileSync(file, `const now = Date.now; Date.now = () => now() + ${offMs};`);
    return file;
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

  test.each([
    ["list"],
    ["show", "ID"],
    ["audit", "--anomalies"],
    ["events"],
    ["trail"],
    ["stats"],
    ["top", "--once"],
    ["top", "--batch", "-n", "1", "-o", "ndjson"],
  ])(
    "five minutes ahead, %s: that its ages and what is left are off is said, and the rest is as ever",
    async (...args) => {
      const own = args.map((arg) => (arg === "ID" ? id : arg));
      await sessctl(["expire", id, "--in", "1h"], { url: redis.url });
      const { stdout, stderr, exitCode } = await withClock(300_000, own);
      expect(stderr).toMatch(/^warning: the clock of this machine is (5m|4m59s) ahead of that of Redis;/m);
      expect({ exitCode, said: stdout !== "" }).toEqual({ exitCode: 0, said: true });
      expect((await withClock(0, own)).stderr).not.toContain("clock");
    },
  );

  test.each([
    ["top", "--read-only"],
    ["list", "--watch"],
    ["events", "--follow"],
    ["trail", "--follow"],
  ])("five minutes ahead, %s %s on a terminal: it is said there too", async (...args) => {
    const file = clockFile(300_000);
    const running = startOnTerminal([process.execPath, program, ...args], {
      columns: 120,
      env: { SESSCTL_URL: redis.url, NODE_OPTIONS: `--import ${file}` },
    });
    try {
      const shown = await running.until("the clock of this");
      expect(shown).toMatch(/the clock of this machine is (5m|4m59s) ahead of that of Redis; times are off by as much/);
    } finally {
      await running.stop();
    }
  });

  test("by nothing: nothing is said", async () => {
    expect((await withClock(0, ["revoke", id])).stderr).not.toContain("clock");
  });
});
