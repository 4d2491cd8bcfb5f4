import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// What is under way when a signal comes: how far it came is said and in the trail, and running it again ends the rest.

const trail = "sc:{trail}:trail";
const count = 6000;

let redis: TestRedis;
let sessions: SessionStore;

beforeEach(async () => {
  redis = await startRedis();
  sessions = createSessionStore({ redis: redis.url, commandTimeoutMs: 20_000 });
  for (let n = 0; n < count; n += 1000) {
    await Promise.all(Array.from({ length: 1000 }, () => sessions.create({ user: "alice" })));
  }
});
afterEach(async () => {
  await sessions.close();
  await redis.stop();
});

/** Starts it, and resolves once its beginning is in the trail. */
async function begun(args: readonly string[]) {
  let pid = 0;
  let text = "";
  const onStart = (started: number) => (pid = started);
  const onStderr = (chunk: string) => (text += chunk);
  const run = sessctl(args, { url: redis.url, onStart, onStderr, env: { SESSCTL_TIMEOUT: "20s" } });
  while ((await redis.client.xlen(trail)) === 0) await new Promise((resolve) => setImmediate(resolve));
  const says = (words: string) => expect.poll(() => text, { timeout: 20_000, interval: 5 }).toContain(words);
  return { run, says, kill: (signal: NodeJS.Signals) => process.kill(pid, signal) };
}

async function lastChange() {
  const { stdout } = await sessctl(["trail", "--limit", "1", "-o", "json"], { url: redis.url });
  return (JSON.parse(stdout) as Record<string, unknown>[])[0];
}

const changes = [
  ["revoke", ["revoke", "--user", "alice", "--yes"]],
  ["expire", ["expire", "--user", "alice", "--in", "1m", "--yes"]],
] as const;
const signals = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const;

describe.each(changes)("%s", (_, args) => {
  test.each(signals)(
    "%s once: it stops, exit %d, and how far it came is said and in the trail",
    async (signal, code) => {
      const { run, kill } = await begun(args);
      kill(signal);
      const { stderr, exitCode } = await run;
      expect(exitCode).toBe(code);
      const [, done = "", left = ""] =
        /^interrupted: ([\d,]+) done, ([\d,]+) left; running it again is safe$/m.exec(stderr) ?? [];
      const numbers = [done, left].map((text) => Number(text.replaceAll(",", "")));
      expect((numbers[0] ?? 0) + (numbers[1] ?? 0)).toBe(count);
      expect(numbers[1]).toBeGreaterThan(0);
      expect(await lastChange()).toMatchObject({ result: "interrupted", left: numbers[1], stopped: "interrupted" });
      const again = await sessctl(args, { url: redis.url });
      expect(again).toMatchObject({ exitCode: 0 });
      expect(await lastChange()).toMatchObject({ result: "done", left: 0 });
    },
  );
});

test("SIGINT twice while Redis hangs: the first says that it waits, the second leaves at once; what has no end says so", async () => {
  const { run, says, kill } = await begun(["revoke", "--user", "alice", "--yes"]);
  process.kill(redis.pid, "SIGSTOP");
  kill("SIGINT");
  await says("stopping after what is under way; once more leaves at once\n");
  kill("SIGINT");
  const { stdout, stderr, exitCode } = await run;
  process.kill(redis.pid, "SIGCONT");
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 130 });
  expect(stderr).toContain("left at once; what was under way may be done all the same\n");

  expect(await lastChange()).toMatchObject({ result: "unfinished", left: null });
  const { stdout: list } = await sessctl(["trail", "-o", "wide"], { url: redis.url });
  expect(list).toContain("unfinished");
  const verified = await sessctl(["trail", "--verify"], { url: redis.url });
  expect(verified.exitCode).toBe(0);
  expect(verified.stdout).toMatch(
    /\nno end {3}entry 1, revoke by \S+ at \S+: runs still, or was killed or lost Redis\n$/,
  );

  // Running it again ends the rest.
  expect(await sessctl(["revoke", "--user", "alice", "--yes"], { url: redis.url })).toMatchObject({ exitCode: 0 });
  expect(await sessions.listUser("alice")).toEqual([]);
});

test("SIGKILL: nothing is brought back or left half done, and the trail tells the beginning without an end", async () => {
  const { run, kill } = await begun(["revoke", "--user", "alice", "--yes"]);
  kill("SIGKILL");
  expect((await run).exitCode).toBeNull();
  expect(await lastChange()).toMatchObject({ result: "unfinished" });
  expect(await sessctl(["revoke", "--user", "alice", "--yes"], { url: redis.url })).toMatchObject({ exitCode: 0 });
  const doctor = await sessctl(["doctor", "--repair", "-o", "json"], { url: redis.url });
  expect(JSON.parse(doctor.stdout)).toMatchObject({ repair: { sessions: 0, missingLive: 0, missingUser: 0 } });
});

test("SIGPIPE is nothing: it goes on", async () => {
  const { run, kill } = await begun(["revoke", "--user", "alice", "--yes"]);
  kill("SIGPIPE");
  expect(await run).toMatchObject({ stdout: "ended 6,000 sessions of 1 user\n", exitCode: 0 });
});

test.each(signals)("a repair, %s: exit %d, and what it did is said and in the trail", async (signal, code) => {
  await redis.client.eval("for _, key in ipairs(redis.call('KEYS', '*:live')) do redis.call('DEL', key) end", 0);
  const { run, kill } = await begun(["doctor", "--repair", "--scan-rate", "4000"]);
  kill(signal);
  const { stdout, exitCode } = await run;
  expect(exitCode).toBe(code);
  expect(stdout).toMatch(/^interrupted after [\d,]+ sessions and [\d,]+ entries of indexes\n/);
  expect(await lastChange()).toMatchObject({ action: "repair", result: "interrupted" });
  expect(await sessctl(["doctor", "--repair", "-q"], { url: redis.url })).toMatchObject({ exitCode: 0 });
  expect(await sessctl(["doctor", "--check", "index-missing", "--full", "-q"], { url: redis.url })).toMatchObject({
    exitCode: 0,
  });
});

test.each([
  ["Ctrl-C", "\u0003", 130],
  ["the end of the input", "\u0004", 1],
])("%s at the question: nothing is changed, and nothing in the trail", async (_, key, code) => {
  const child = startOnTerminal([process.execPath, program, "revoke", "--user", "alice"], {
    env: { SESSCTL_URL: redis.url },
  });
  await child.until("[y/N]");
  child.type(key);
  expect((await child.ended).exitCode).toBe(code);
  expect(child.screen.text()).toContain("nothing was changed");
  expect(await sessions.listUser("alice")).toHaveLength(count);
  expect(await redis.client.exists(trail)).toBe(0);
});

test.each(signals)("%s at the question: exit %d, and nothing is changed", async (signal, code) => {
  const child = startOnTerminal([process.execPath, program, "revoke", "--user", "alice"], {
    env: { SESSCTL_URL: redis.url },
  });
  await child.until("[y/N]");
  process.kill(child.pid, signal);
  expect((await child.ended).exitCode).toBe(code);
  expect(await sessions.listUser("alice")).toHaveLength(count);
  expect(await redis.client.exists(trail)).toBe(0);
});
