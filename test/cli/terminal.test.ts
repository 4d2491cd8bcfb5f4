import stringWidth from "string-width";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SessionStore } from "../../src/core/ports.js";
import { createSessionStore } from "../../src/index.js";
import { program } from "../helpers/cli.js";
import { type PtyProgram, startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// What a person at a terminal sees; the same commands in a pipe are tested beside each command.

const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

let redis: TestRedis;
let sessions: SessionStore;
let running: PtyProgram[];

beforeEach(async () => {
  redis = await startRedis();
  sessions = createSessionStore({ redis: redis.url });
  running = [];
});

afterEach(async () => {
  for (const one of running) await one.stop();
  await sessions.close();
  await redis.stop();
});

function start(args: readonly string[], options: { columns?: number; env?: NodeJS.ProcessEnv } = {}): PtyProgram {
  const started = startOnTerminal([process.execPath, program, ...args], {
    columns: options.columns ?? 100,
    env: { SESSCTL_URL: redis.url, ...options.env },
  });
  running.push(started);
  return started;
}

const create = async (user: string) =>
  await sessions.create({ user, client: { ip: "203.0.113.7", userAgent: chrome } });
// oxlint-disable-next-line no-control-regex
const plain = (text: string) => text.replaceAll(/\u001B\[[\d;]*m/g, "");
const ids = async (user: string) => (await sessions.listUser(user)).map(({ id }) => id).toSorted();

test.each([60, 80, 100, 120])("a table fits a terminal of %d columns", async (columns) => {
  await create("a".repeat(90));
  await create("日本語の名前".repeat(6));
  const { session } = await create("bob");
  const list = start(["list"], { columns });
  expect((await list.ended).exitCode).toBe(0);
  const lines = plain(list.output)
    .split("\r\n")
    .filter((line) => line !== "");
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  expect(lines[0]).toMatch(/^ID +USER +IP/);
  expect(lines[1]).toMatch(new RegExp(`^${session.id.slice(0, 8)}  bob +203\\.0\\.113\\.7`));
  expect(list.output).toContain("…");
});

test("a cut that was asked for is told to a person", async () => {
  for (let n = 0; n < 3; n++) await create("bob");
  for (const args of [[], ["--user", "bob"], ["--sort", "user"]]) {
    const list = start(["list", "--limit", "2", ...args]);
    await list.ended;
    expect(plain(list.output)).toContain("2 of 3 shown; --limit 0 shows all");
  }
  const whole = start(["list", "--limit", "3"]);
  await whole.ended;
  expect(plain(whole.output)).not.toContain("shown");
});

test("times are relative, ids abbreviated, and colours there, but not with NO_COLOR", async () => {
  const { session } = await create("bob");
  const list = start(["list"]);
  await list.ended;
  expect(plain(list.output)).toMatch(/ID +USER +IP +CLIENT +AGE +IDLE +LEFT +FLAGS/);
  expect(plain(list.output)).toMatch(/ 0s +0s +(30|29)m/);
  expect(list.output).not.toContain(session.id);
  expect(list.output).toContain("\u001B[1m");
  for (const plainList of [start(["list"], { env: { NO_COLOR: "1" } }), start(["list", "--no-color"])]) {
    await plainList.ended;
    expect(plainList.output).toContain("bob");
    expect(plainList.output).not.toContain("\u001B[");
  }
});

test("hostile text never moves the cursor", async () => {
  await sessions.create({ user: "mal\u001B[2J\u001B]0;owned\u0007lory", client: { userAgent: "\u202E\u009B5A" } });
  const list = start(["list", "--columns", "user,userAgent"], { env: { NO_COLOR: "1" } });
  await list.ended;
  expect(list.output).toBe(
    "USER                            USER AGENT\r\nmal\\x1b[2J\\x1b]0;owned\\x07lory  \\u202e\\x9b5A\r\n",
  );
});

test("revoking many shows whose and which, and asks; a no changes nothing", async () => {
  await create("alice");
  await create("alice");
  for (const answer of ["n\r", "\r", "maybe\r", "\u0004"]) {
    const revoke = start(["revoke", "--user", "alice"]);
    const screen = await revoke.until("[y/N]");
    expect(screen).toContain("End 2 sessions of alice?");
    for (const id of await ids("alice")) expect(screen).toContain(id.slice(0, 8));
    revoke.type(answer);
    expect((await revoke.ended).exitCode).toBe(1);
    expect(revoke.output).toContain("nothing was changed");
  }
  expect(await ids("alice")).toHaveLength(2);
});

test("every session is ended by its number only", async () => {
  await create("alice");
  await create("bob");
  for (const answer of ["y\r", "yes\r", "3\r", "\r", "\u0004"]) {
    const revoke = start(["revoke", "--all"]);
    expect(await revoke.until("to go on:")).toContain("This would end 2 sessions of 2 users.");
    revoke.type(answer);
    expect((await revoke.ended).exitCode).toBe(1);
    expect(revoke.output).toContain("nothing was changed");
  }
  expect([await ids("alice"), await ids("bob")].flat()).toHaveLength(2);
  const revoke = start(["revoke", "--all"]);
  await revoke.until("to go on:");
  revoke.type("2\r");
  expect((await revoke.ended).exitCode).toBe(0);
  expect([await ids("alice"), await ids("bob")].flat()).toEqual([]);
});

test("--yes does not answer for --all on a terminal: the number does, or --no-input beside it", async () => {
  for (const command of [["revoke"], ["expire", "--in", "1h"]]) {
    await create("alice");
    await create("bob");
    const both = await ids("alice");
    for (const answer of ["y\r", "\r", "\u0004"]) {
      const change = start([...command, "--all", "--yes"]);
      expect(await change.until("to go on:")).toContain("--yes does not answer for --all on a terminal");
      change.type(answer);
      expect((await change.ended).exitCode).toBe(1);
      expect(change.output).toContain("nothing was changed");
    }
    expect(await ids("alice")).toEqual(both);
    const typed = start([...command, "--all", "--yes"]);
    await typed.until("to go on:");
    typed.type("2\r");
    expect((await typed.ended).exitCode).toBe(0);
    await redis.client.flushall();
    await create("alice");
    const scripted = start([...command, "--all", "--yes", "--no-input"]);
    expect((await scripted.ended).exitCode).toBe(0);
    expect(plain(scripted.output)).not.toContain("to go on");
    await redis.client.flushall();
  }
});

test("what was confirmed is what is changed: a login meanwhile is not in it", async () => {
  await create("alice");
  await create("alice");
  const revoke = start(["revoke", "--user", "alice"]);
  await revoke.until("[y/N]");
  const { session } = await create("alice");
  revoke.type("y\r");
  expect((await revoke.ended).exitCode).toBe(0);
  expect(plain(revoke.output)).toContain("ended 2 sessions of 1 user");
  expect(await ids("alice")).toEqual([session.id]);
});

test("of all sessions too: what logs in at the question stays", async () => {
  let now = Date.now() - 120_000;
  const store = createSessionStore({ redis: redis.url, clock: () => (now += 10_000) });
  for (let n = 0; n < 3; n++) await store.create({ user: "alice" });
  await store.close();
  const revoke = start(["revoke", "--all"]);
  await revoke.until("to go on:");
  const { token } = await create("bob");
  revoke.type("3\r");
  expect((await revoke.ended).exitCode).toBe(0);
  expect(plain(revoke.output)).toContain("ended 3 sessions of 1 user");
  expect(await redis.client.keys("sc:*:cutoff")).toHaveLength(256);
  expect((await sessions.validate(token)).ok).toBe(true);
});

test("--no-input asks nothing, also on a terminal", async () => {
  await create("alice");
  const revoke = start(["revoke", "--user", "alice", "--no-input"]);
  expect((await revoke.ended).exitCode).toBe(2);
  expect(plain(revoke.output)).toContain("which nobody can confirm here");
  expect(await ids("alice")).toHaveLength(1);
});

test("Ctrl-C at the question: exit 130, nothing changed, and that is said on a line of its own", async () => {
  await create("alice");
  const revoke = start(["revoke", "--user", "alice"]);
  await revoke.until("[y/N]");
  revoke.type("\u0003");
  expect((await revoke.ended).exitCode).toBe(130);
  expect(revoke.screen.lines()).toContain("nothing was changed");
  expect(await redis.client.exists("sc:{trail}:trail")).toBe(0);
  expect(await ids("alice")).toHaveLength(1);
});

test("show gives times in local time with the offset, or in UTC", async () => {
  const { session } = await create("alice");
  const local = start(["show", session.id], { env: { TZ: "Asia/Kolkata" } });
  await local.ended;
  expect(plain(local.output)).toMatch(/created +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+05:30 \(\d+s ago\)/);
  const utc = start(["show", session.id, "--utc"], { env: { TZ: "Asia/Kolkata" } });
  await utc.ended;
  expect(plain(utc.output)).toContain(`${new Date(session.createdAt).toISOString()} (`);
});
