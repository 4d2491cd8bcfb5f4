import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSessionStore, openDirectory, type SessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let sessions: SessionStore;
let aliceId: string;

beforeAll(async () => {
  redis = await startRedis();
  sessions = createSessionStore({ redis: redis.url });
  const alice = await sessions.create({ user: "alice", client: { ip: "203.0.113.7", userAgent: "curl/8.5.0" } });
  aliceId = alice.session.id;
  const bob = await sessions.create({ user: "bob\u001B]0;x\u0007" });
  await sessions.destroy(bob.token);
  await sessions.validate(bob.token, { ip: "198.51.100.9" });
  const directory = openDirectory({ redis: redis.url });
  await directory.revoke([aliceId], { reason: "lost phone", actor: "support" });
  await directory.close();
});

afterAll(async () => {
  await sessions.close();
  await redis.stop();
});

const run = (...args: string[]) => sessctl(["events", ...args], { url: redis.url });
const asJson = async (...args: string[]) =>
  JSON.parse((await run("-o", "json", ...args)).stdout) as { type: string; user: string | null }[];

test("what happened, oldest first, with every field", async () => {
  const events = await asJson();
  expect(events.map(({ type }) => type)).toEqual(["created", "created", "destroyed", "replayed", "revoked"]);
  expect(events[0]).toEqual({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    type: "created",
    id: aliceId,
    user: "alice",
    ip: "203.0.113.7",
    userAgent: "curl/8.5.0",
    previousId: null,
    reason: null,
    actor: null,
  });
  expect(events[4]).toMatchObject({ id: aliceId, reason: "lost phone", actor: "support" });
});

test("a table escapes what was hostile", async () => {
  const { stdout, stderr, exitCode } = await run();
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(stdout).toContain("lost phone");
  for (const control of ["\u001B", "\u0007"]) expect(stdout).not.toContain(control);
});

describe("only those that were asked for", () => {
  test.each<[args: string[], types: string[]]>([
    [
      ["--user", "alice"],
      ["created", "revoked"],
    ],
    [["--type", "replayed"], ["replayed"]],
    [
      ["--type", "Replayed, revoked"],
      ["replayed", "revoked"],
    ],
    [["--limit", "1"], ["revoked"]],
    [["--limit", "1", "--user", "alice"], ["revoked"]],
    [
      ["--since", "1h", "--limit", "0"],
      ["created", "created", "destroyed", "replayed", "revoked"],
    ],
    [
      ["--since", "2026-01-01", "--limit", "2"],
      ["replayed", "revoked"],
    ],
  ])("%j", async (args, types) => {
    expect((await asJson(...args)).map(({ type }) => type)).toEqual(types);
  });

  test("none: exit 3", async () => {
    expect(await run("--user", "nobody")).toEqual({ stdout: "", stderr: "no event matched\n", exitCode: 3 });
    expect((await run("--since", "in 1h")).exitCode).toBe(3);
  });
});

test.each<[args: string[], message: RegExp]>([
  [["--type", "login"], /--type: there is no event "login"\n {2}try: Events: created, /],
  [["--since", "yesterday"], /--since: "yesterday" is not a time/],
  [["--limit", "x"], /--limit/],
  [["--follow", "-o", "json"], /--follow writes lines, not json/],
])("%j is a usage error, without asking Redis", async (args, message) => {
  const { stdout, stderr, exitCode } = await sessctl(["events", ...args], { url: "redis://127.0.0.1:1" });
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toMatch(message);
});

test("--follow tells each event once as it comes, and ends with its reader", async () => {
  const child = spawn(process.execPath, [program, "events", "--follow", "-o", "ndjson", "--url", redis.url], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  // Only what comes after it has begun to look is told, so it is given something to see until it does.
  let made = 0;
  while (!text.includes("\n")) {
    await sessions.create({ user: `carol${made++}` });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { token } = await sessions.create({ user: "dora" });
  await sessions.destroy(token);
  await expect.poll(() => text, { timeout: 10_000 }).toMatch(/"destroyed".*"dora"/);
  const ended = new Promise((resolve) => child.once("close", (code) => resolve(code)));
  child.stdout.destroy();
  // The reader's going is noticed at the next write.
  const goOn = setInterval(() => void sessions.create({ user: "eve" }), 100);
  expect(await ended).toBe(0);
  clearInterval(goOn);
  const lines = text.trim().split("\n");
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines.filter((line) => line.includes('"dora"'))).toHaveLength(2);
});

test("--follow tells of events by clocks that are wrong", async () => {
  const child = spawn(process.execPath, [program, "events", "--follow", "--since", "1h", "--url", redis.url], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  await expect.poll(() => text, { timeout: 10_000 }).toContain("lost phone");
  // A clock ahead must not hide what others write after it, nor one behind be too late.
  for (const [user, minutes] of [
    ["ahead", 10],
    ["right", 0],
    ["behind", -10],
  ] as const) {
    const store = createSessionStore({ redis: redis.url, clock: () => Date.now() + minutes * 60_000 });
    await store.create({ user });
    await store.close();
    await expect.poll(() => text, { timeout: 10_000 }).toContain(`  ${user}`);
  }
  child.kill();
});

test("--follow goes on when Redis has been away", async () => {
  const away = await startRedis();
  const store = createSessionStore({ redis: away.url });
  await store.create({ user: "before" });
  const child = spawn(process.execPath, [program, "events", "--follow", "--since", "1h", "--url", away.url], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (err += chunk));
  await expect.poll(() => out, { timeout: 10_000 }).toContain("before");
  await away.client.call("CLIENT", "PAUSE", "4000", "ALL");
  await expect.poll(() => err, { timeout: 15_000 }).toMatch(/did not answer.*; trying again/);
  await expect.poll(() => err, { timeout: 15_000 }).toContain("Redis is back");
  await store.create({ user: "after" });
  await expect.poll(() => out, { timeout: 10_000 }).toContain("after");
  child.kill();
  await store.close();
  await away.stop();
});
