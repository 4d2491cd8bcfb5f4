import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

const hostile = "mallory\u001b]0;owned\u0007\u001b[2J\u202e";
let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  for (let n = 0; n < 60; n++) {
    await sessions.create({ user: `user-${n}`, level: "aal1", client: { ip: "203.0.113.7", userAgent: "curl/8.5" } });
  }
  await sessions.create({ user: hostile, client: { userAgent: hostile.repeat(5) } });
  await sessions.close();
});
afterAll(() => redis.stop());

const record = (text: string) => JSON.parse(text) as { sessions: Record<string, unknown>[]; counts: object };

describe("top on a pipe", () => {
  test("is one snapshot as plain text, whole, with exact times, with and without --once", async () => {
    for (const args of [["top"], ["top", "--once"]]) {
      const { stdout, stderr, exitCode } = await sessctl(args, { url: redis.url });
      expect([exitCode, stderr]).toEqual([0, ""]);
      const lines = stdout.split("\n");
      expect(lines[1]).toMatch(/^sessions 61 +active 1m 61 +5m 61 +new 1m ≥50 +flagged 0$/);
      const rows = lines.filter((line) => /^[0-9a-f]{32} /.test(line));
      expect(rows).toHaveLength(50);
      expect(rows.every((line) => /\d{4}-\d\d-\d\dT[\d:.]+Z/.test(line))).toBe(true);
      expect(stdout).toContain("the 50 most recently active of 61");
      expect(stdout).toContain("mallory\\x1b]0;owned\\x07\\x1b[2J\\u202e");
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });

  test("-o json is one object, its sessions with the fields of a list", async () => {
    const top = await sessctl(["top", "--once", "-o", "json"], { url: redis.url });
    const list = await sessctl(["list", "--limit", "50", "-o", "json"], { url: redis.url });
    const snapshot = record(top.stdout);
    expect(snapshot.counts).toEqual({ sessions: 61, active1m: 61, active5m: 61, created1m: 50, flagged: 0 });
    expect(snapshot.sessions).toEqual(JSON.parse(list.stdout));
    expect(snapshot.sessions.map(({ user }) => user)).toContain(hostile);
    expect(top.stdout).not.toContain("\u202e");
  });

  test("--batch writes one after the other, -n so many; with ndjson one a line", async () => {
    const text = await sessctl(["top", "--batch", "-n", "2", "--interval", "1s"], { url: redis.url });
    expect([text.exitCode, text.stderr]).toEqual([0, ""]);
    expect(text.stdout.match(/^sessions 61 /gm)).toHaveLength(2);
    const lines = await sessctl(["top", "--batch", "-n", "2", "--interval", "1s", "-o", "ndjson"], { url: redis.url });
    const snapshots = lines.stdout.trim().split("\n").map(record);
    expect(snapshots.map(({ sessions }) => sessions.length)).toEqual([50, 50]);
  });

  test("--batch is no single JSON, and -n is for it alone", async () => {
    for (const args of [
      ["--batch", "-o", "json"],
      ["-n", "3"],
      ["--batch", "-n", "x"],
    ]) {
      const { stdout, exitCode } = await sessctl(["top", ...args], { url: redis.url });
      expect([stdout, exitCode]).toEqual(["", 2]);
    }
  });

  test("a Redis that cannot be reached is an error with nothing on standard output", async () => {
    const { stdout, stderr, exitCode } = await sessctl(["top", "--once"], {
      url: "redis+unix:///nonexistent/redis.sock",
    });
    expect([stdout, exitCode]).toEqual(["", 4]);
    expect(stderr).not.toBe("");
  });
});
