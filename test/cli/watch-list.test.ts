import { afterEach, beforeEach, expect, test } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { type PtyProgram, startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let sessions: SessionStore;
let running: PtyProgram | undefined;

beforeEach(async () => {
  redis = await startRedis();
  sessions = createSessionStore({ redis: redis.url });
});
afterEach(async () => {
  await running?.stop();
  await sessions.close();
  await redis.stop();
});

function watch(args: readonly string[] = [], size: { columns?: number; rows?: number } = {}): PtyProgram {
  running = startOnTerminal([process.execPath, program, "list", "--watch", "--interval", "1s", ...args], {
    ...size,
    env: { SESSCTL_URL: redis.url },
  });
  return running;
}

test("draws what comes and goes in the same place, and leaves the terminal as it was", async () => {
  const { token } = await sessions.create({ user: "alice" });
  const list = watch();
  await list.until("alice");
  await sessions.create({ user: "bob" });
  await list.until("bob");
  await sessions.destroy(token);
  const screen = await list.until((text) => !text.includes("alice"));
  expect(screen.match(/^ID +USER/gm)).toHaveLength(1);
  expect(screen).toMatch(/^every 1s, last at \d\d:\d\d:\d\dZ$/m);
  list.type("\u0003");
  expect((await list.ended).exitCode).toBe(130);
  expect(list.screen.inAlternateBuffer).toBe(false);
  expect(list.screen.cursorShown).toBe(true);
  expect(list.screen.mischief).toEqual([]);
});

test("shows as many as fit, says of how many, and follows the terminal's size", async () => {
  for (let n = 0; n < 30; n++) await sessions.create({ user: `user${n}` });
  const list = watch([], { columns: 100, rows: 12 });
  expect(await list.until("9 of 30 shown")).toMatch(/user29/);
  expect(list.screen.lines().filter((line) => line.includes("user"))).toHaveLength(9);
  list.resize(60, 20);
  // The line that says so is drawn before the rows are.
  await list.until((text) => text.includes("17 of 30 shown") && (text.match(/\buser\d/g) ?? []).length === 17);
  expect(list.screen.text().match(/ID +USER/g)).toHaveLength(1);
});

test("nobody is a line too, and choices hold", async () => {
  await sessions.create({ user: "alice" });
  const list = watch(["--where", 'user == "bob"']);
  await list.until("no session matched");
  await sessions.create({ user: "bob" });
  expect(await list.until("bob")).not.toContain("alice");
});

test("when Redis goes away the list stays, and it goes on when Redis is back", async () => {
  await sessions.create({ user: "alice" });
  const list = watch(["--timeout", "1s"]);
  await list.until("alice");
  process.kill(redis.pid, "SIGSTOP");
  expect(await list.until("no answer since")).toContain("alice");
  process.kill(redis.pid, "SIGCONT");
  expect(await list.until("every 1s")).toContain("alice");
});

test.each<[args: string[], message: RegExp]>([
  [["list", "--watch"], /draws on a terminal, and this is none\n {2}try: .*events --follow -o ndjson/],
  [["list", "--watch", "-o", "ndjson"], /draws on a terminal/],
  [["list", "--interval", "5s"], /--interval is for --watch/],
])("%j in a pipe is a usage error, without asking Redis", async (args, message) => {
  const { stdout, stderr, exitCode } = await sessctl(args, { url: "redis://127.0.0.1:1" });
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toMatch(message);
});

test("a form that is not drawn is a usage error on a terminal too", async () => {
  const list = watch(["-o", "json"]);
  expect((await list.ended).exitCode).toBe(2);
  expect(list.output).toContain("--watch draws a table, not json");
});
