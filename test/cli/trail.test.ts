import { spawn } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

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

const run = (...args: string[]) => sessctl(args, { url: redis.url });
const create = async (user: string) => (await sessions.create({ user })).session.id;
const json = async (...args: string[]) =>
  JSON.parse((await run("trail", "-o", "json", ...args)).stdout) as Record<string, unknown>[];
const lines = (text: string) => text.trim().split("\n");

describe("what is done is in it:", () => {
  test("who, what, which, how many, why, and what came of it", async () => {
    const ids = [await create("alice"), await create("alice")];
    await run("revoke", "--user", "alice", "--yes", "--reason", "lost phone");
    expect(await json()).toEqual([
      {
        n: 1,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
        actor: expect.stringMatching(/^.+@.+$/) as string,
        action: "revoke",
        count: 2,
        selection: "--user alice",
        reason: "lost phone",
        result: "done",
        done: { revoked: 2 },
        left: 0,
        stopped: null,
        endedAt: expect.stringMatching(/Z$/) as string,
        sessionsEndAt: null,
        cutoff: null,
        layout: "native",
        ids: expect.arrayContaining(ids) as string[],
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ]);
    const { stdout, stderr, exitCode } = await run("trail");
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(lines(stdout)).toHaveLength(2);
    expect(stdout).toMatch(/revoke +2 +--user alice +lost phone +done$/m);
    expect(lines((await run("trail", "-o", "id")).stdout).toSorted()).toEqual(ids.toSorted());
  });

  test("an expiry, with the end that was set", async () => {
    const id = await create("alice");
    await run("expire", id, "--at", "2100-01-01T00:00:00Z");
    await run("expire", id, "--in", "10m");
    expect(await json()).toMatchObject([
      { n: 1, action: "expire", sessionsEndAt: "2100-01-01T00:00:00.000Z", done: { unchanged: 1 }, selection: "ids" },
      { n: 3, action: "expire", done: { expired: 1 } },
    ]);
  });

  test.each([
    [["--ip", "10.0.0.0/8", "--active", "1h"], "--ip 10.0.0.0/8 --active 1h"],
    [["--where", 'user == "al" && ip != ""'], `--where 'user == "al" && ip != ""'`],
    [["--user", "it's"], `--user 'it'\\''s'`],
    [["--all"], "--all"],
  ])("how the sessions were chosen: %j", async (args, selection) => {
    const client = { ip: "10.0.0.1" };
    for (const user of ["al", "it's"]) await sessions.create({ user, client });
    await run("revoke", ...args, "--yes");
    expect((await json())[0]).toMatchObject({ selection });
  });

  test("also of ids from standard input", async () => {
    const id = await create("alice");
    await sessctl(["revoke", "-", "--yes"], { url: redis.url, stdin: id });
    expect((await json())[0]).toMatchObject({ selection: "ids from standard input", ids: [id] });
  });

  test("but no dry run, no question that was not answered, and nothing that did not match", async () => {
    await create("alice");
    await create("alice");
    await run("revoke", "--user", "alice", "--dry-run");
    await run("revoke", "--user", "alice");
    await run("revoke", "--user", "nobody", "--yes");
    const none = "there is no trail: nothing was changed yet, or all of it was removed\n";
    expect(await run("trail")).toEqual({ stdout: "", stderr: none, exitCode: 3 });
    expect(await run("trail", "--by", "alice")).toEqual({ stdout: "", stderr: "no change matched\n", exitCode: 3 });
    expect(await redis.client.exists(key)).toBe(0);
  });

  test("hostile text is text", async () => {
    await sessions.create({ user: "x\u001B]0;owned\u0007" });
    await run("revoke", "--user", "x\u001B]0;owned\u0007", "--yes", "--reason", "\u202Ereversed\r\n\u009B2J=1+1");
    for (const output of ["table", "wide", "json", "ndjson", "csv"]) {
      const { stdout } = await run("trail", "-o", output);
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F\u202E]/);
    }
    expect((await json())[0]).toMatchObject({ reason: "\u202Ereversed\r\n\u009B2J=1+1" });
  });
});

test.each<[args: string[], numbers: number[]]>([
  [[], [1, 3, 5]],
  [
    ["--limit", "2"],
    [3, 5],
  ],
  [
    ["--limit", "0"],
    [1, 3, 5],
  ],
  [
    ["--since", "1h"],
    [1, 3, 5],
  ],
  [["--since", "in 1h"], []],
  [["--by", "nobody"], []],
])("trail %j", async (args, numbers) => {
  for (let n = 0; n < 3; n++) await run("revoke", await create("alice"));
  expect((await json(...args)).map(({ n }) => n)).toEqual(numbers);
});

test("--by takes the operator with the host or without", async () => {
  await run("revoke", await create("alice"));
  const actor = String((await json())[0]?.["actor"]);
  expect(await json("--by", actor)).toHaveLength(1);
  expect(await json("--by", actor.split("@")[0] ?? "")).toHaveLength(1);
  expect(await json("--by", actor.slice(0, 2))).toHaveLength(0);
});

test("through sudo it is who called it, and as whom", async () => {
  await sessctl(["revoke", await create("alice")], { url: redis.url, env: { SUDO_USER: "carol" } });
  expect(await json("--by", "carol")).toMatchObject([{ actor: expect.stringMatching(/^carol@\S+ \(as \S+\)$/) }]);
});

test("what has no end is unfinished", async () => {
  await run("revoke", await create("alice"));
  const [, end] = await redis.client.xrange(key, "-", "+");
  await redis.client.xdel(key, end?.[0] ?? "");
  expect(await json()).toMatchObject([{ n: 1, result: "unfinished", left: null, endedAt: null }]);
});

test.each<[args: string[], message: RegExp]>([
  [["--head", "f".repeat(64)], /--head is for --verify/],
  [["--verify", "--head", "abc"], /--head: that is not a hash/],
  [["--verify", "--since", "1h"], /--verify checks the whole trail/],
  [["--verify", "-o", "id"], /--verify has no output id/],
  [["--since", "yesterday"], /--since: "yesterday" is not a time/],
  [["--limit", "many"], /--limit/],
  [["--follow", "-o", "csv"], /--follow writes lines, not csv/],
])("trail %j is a usage error, without asking Redis", async (args, message) => {
  const { stdout, stderr, exitCode } = await sessctl(["trail", ...args], { url: "redis://127.0.0.1:1" });
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toMatch(message);
});

test("an unreachable Redis: exit 4", async () => {
  for (const args of [["trail"], ["trail", "--verify"], ["trail", "--follow"]]) {
    const { stdout, exitCode } = await sessctl(args, { url: "redis://127.0.0.1:1" });
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 4 });
  }
});

describe("--verify", () => {
  const head = async () => String((await json("--verify"))[0]?.["head"]);

  test("without a trail: exit 3", async () => {
    expect(await run("trail", "--verify")).toMatchObject({ stdout: "", exitCode: 3 });
  });

  test("of a whole chain: exit 0, and its head, which goes on being in it", async () => {
    await run("revoke", await create("alice"));
    const { stdout, stderr, exitCode } = await run("trail", "--verify");
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toMatch(/^entries {2}2, the last of \S+Z\nhead {5}[0-9a-f]{64}\nchain {4}whole\n$/);
    const before = await head();
    await run("revoke", await create("alice"));
    expect(await head()).not.toBe(before);
    expect(await run("trail", "--verify", "--head", before)).toMatchObject({ exitCode: 0 });
  });

  test("of a broken chain: exit 10, and the place", async () => {
    for (let n = 0; n < 3; n++) await run("revoke", await create("alice"));
    const kept = await head();
    const entries = await redis.client.xrange(key, "-", "+");
    await redis.client.xdel(key, entries[2]?.[0] ?? "");
    const { stdout, stderr, exitCode } = await run("trail", "--verify");
    expect(exitCode).toBe(10);
    expect(stdout).toContain("chain    broken at 1 place\n");
    expect(stdout).toContain(`  entry 3 at ${entries[3]?.[0]}: its number is 4: entry 3 is missing before it\n`);
    expect(stderr).toMatch(/keep a copy/);
    expect(await json("--verify")).toMatchObject([
      { whole: false, entries: 5, head: kept, breaks: [{ n: 3, place: entries[3]?.[0], what: expect.any(String) }] },
    ]);
    await redis.client.xdel(key, entries[5]?.[0] ?? "");
    expect((await run("trail", "--verify")).stdout).toMatch(
      /entry 6 at \S+: the end was cut off: 6 entries were added/,
    );
    expect((await run("trail", "--verify", "--head", kept)).stdout).toContain("the trail was cut or replaced");
  });
});

test("--follow tells a change when it begins and when it has ended, and ends with its reader", async () => {
  await run("revoke", await create("alice"), "--reason", "before");
  const child = spawn(
    process.execPath,
    [program, "trail", "--follow", "--since", "1h", "-o", "ndjson", "--url", redis.url],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  await expect.poll(() => text, { timeout: 10_000 }).toContain("before");
  await run("revoke", await create("alice"), "--reason", "meanwhile");
  await expect.poll(() => text, { timeout: 10_000 }).toMatch(/meanwhile.*\n.*meanwhile.*\n/);
  const told = lines(text).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(told.map(({ n, result }) => [n, result])).toEqual([
    [1, "done"],
    [3, "unfinished"],
    [3, "done"],
  ]);
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGINT");
  await ended;
});
