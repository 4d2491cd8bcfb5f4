import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let sessions: SessionStore;
/** Ids by who they are of. */
let ids: Record<string, string>;

const hour = 3_600_000;

beforeEach(async () => {
  redis = await startRedis();
  sessions = createSessionStore({ redis: redis.url });
  ids = {};
  for (const [name, user, ip, age] of [
    ["old", "alice", "198.51.100.7", 2 * hour],
    ["new", "alice", "203.0.113.9", 0],
    ["bob", "bob", "198.51.100.8", 0],
    ["nobody", undefined, undefined, 3 * hour],
  ] as const) {
    // Created in the past and idle since, without a deadline so near that it would be over.
    const store = createSessionStore({ redis: redis.url, clock: () => Date.now() - age, idleMs: 6 * hour });
    ids[name] = (await store.create({ user, client: { ip } })).session.id;
    await store.close();
  }
});

afterEach(async () => {
  await sessions.close();
  await redis.stop();
});

const run = (...args: string[]) => sessctl(args, { url: redis.url });
const named = (names: string) => (names === "" ? [] : names.split(" ").map((name) => ids[name])).toSorted();
const linesOf = (stdout: string) => (stdout === "" ? [] : stdout.trim().split("\n")).toSorted();

test.each<[args: string[], names: string]>([
  [["--ip", "198.51.100.0/24"], "old bob"],
  [["--ip", "203.0.113.9"], "new"],
  [["--ip", "2001:db8::/32"], ""],
  [["--created-before", "1h ago"], "old nobody"],
  [["--created-before", "2100-01-01"], "old new bob nobody"],
  [["--active", "30m"], "new bob"],
  [["--user", "alice", "--created-before", "1h ago"], "old"],
  [["--ip", "198.51.100.0/24", "--active", "30m"], "bob"],
  [["--where", 'inCidr(ip, "198.51.100.0/24") && age > duration("1h")'], "old"],
  [["--where", 'user == ""'], "nobody"],
  [["--where", 'user == "alice"'], "old new"],
  [["--where", 'user == "alice"', "--user", "bob"], ""],
  [["--where", 're(user, "^b") || createdAt < timestamp("2h ago")', "--ip", "198.51.100.8"], "bob"],
])("%j: list, revoke and expire mean the same sessions: %s", async (args, names) => {
  const exitCode = names === "" ? 3 : 0;
  const listed = await run("list", "-o", "id", ...args);
  expect({ ids: linesOf(listed.stdout), exitCode: listed.exitCode }).toEqual({ ids: named(names), exitCode });
  const meant = await run("expire", "--in", "1h", "--dry-run", "-o", "id", ...args);
  expect({ ids: linesOf(meant.stdout), exitCode: meant.exitCode }).toEqual({ ids: named(names), exitCode });
  const ended = await run("revoke", "--yes", "-o", "id", ...args);
  expect({ ids: linesOf(ended.stdout), exitCode: ended.exitCode }).toEqual({ ids: named(names), exitCode });
  const left = linesOf((await run("list", "-o", "id")).stdout);
  expect(left).toEqual(named("old new bob nobody").filter((id) => !named(names).includes(id)));
});

test("list cuts after it has chosen", async () => {
  const { stdout } = await run("list", "-o", "json", "--ip", "198.51.100.0/24", "--limit", "1");
  expect((JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)).toEqual([ids["bob"]]);
  const active = await run("list", "-o", "id", "--ip", "0.0.0.0/0", "--active", "6h", "--limit", "2");
  expect(linesOf(active.stdout)).toHaveLength(2);
});

test("a user's record that cannot be decoded is among the user's", async () => {
  const id = ids["old"] ?? "";
  await redis.client.set(`sc:{${id.slice(0, 2)}}:session:${id}`, "not a record");
  expect(linesOf((await run("list", "-o", "id", "--user", "alice")).stdout)).toEqual(named("old new"));
  expect((await run("revoke", "--user", "alice", "--yes")).exitCode).toBe(0);
  expect(linesOf((await run("list", "-o", "id")).stdout)).toEqual(named("bob nobody"));
});

describe("--all", () => {
  test("ends every session but those to keep", async () => {
    const { stdout, exitCode } = await run("revoke", "--all", "--keep", ids["bob"] ?? "", "--yes");
    expect({ stdout, exitCode }).toEqual({ stdout: "ended 3 sessions of 2 users\n", exitCode: 0 });
    expect(linesOf((await run("list", "-o", "id")).stdout)).toEqual(named("bob"));
  });

  test("needs --yes off a terminal", async () => {
    const { stderr, exitCode } = await run("revoke", "--all");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("this would end 4 sessions");
    expect(linesOf((await run("list", "-o", "id")).stdout)).toHaveLength(4);
  });
});

test("a session to keep that is not among those chosen ends nothing", async () => {
  const { stderr, exitCode } = await run("revoke", "--ip", "198.51.100.0/24", "--keep", ids["new"] ?? "", "--yes");
  expect(exitCode).toBe(3);
  expect(stderr).toContain("is not among those selected");
  expect(linesOf((await run("list", "-o", "id")).stdout)).toHaveLength(4);
});

test.each<[args: string[], message: RegExp]>([
  [["--ip", "10.0.0.0/33"], /--ip: "10\.0\.0\.0\/33" is not an address or a network\n {2}try: Write it as /],
  [["--created-before", "yesterday"], /--created-before: "yesterday" is not a time/],
  [["--where", 'usr == "x"'], /--where: there is no usr\n {4}usr == "x"\n {4}\^\n {2}try: Did you mean user\?/],
  [["--where", 'user = "x"'], /--where: unexpected =\n {4}user = "x"\n {9}\^\n {2}try: Write == to compare\./],
  [["--where", 'userAgent.matches("a")'], /matches\(\) can run for minutes\n.*\n {4}\^\n {2}try: Write re\(/],
  [["--active", "soon"], /--active: "soon" is not a duration/],
  [
    ["--user", "alice", "--user", "bob"],
    /--user is given twice: "alice" and "bob"\n {2}try: .*--where, as in 'user in \["alice", "bob"\]'/,
  ],
])("%j is a usage error, without asking Redis", async (args, message) => {
  for (const command of [["list"], ["revoke"], ["expire", "--in", "1h"]]) {
    const { stdout, stderr, exitCode } = await sessctl([...command, ...args], { url: "redis://127.0.0.1:1" });
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toMatch(message);
  }
});

test.each<[args: string[], message: string]>([
  [["a3f09c2e", "--user", "alice"], "exclude each other"],
  [["a3f09c2e", "--all"], "ids and --all exclude each other"],
  [["a3f09c2e", "--keep", "b3f09c2e"], "ids and --keep exclude each other"],
  [["--all", "--user", "alice"], "--all leaves nothing to choose by"],
  [["--keep", "a3f09c2e"], "--keep needs --user"],
  [[], "it is not said which sessions"],
])("revoke %j: exit 2", async (args, message) => {
  const { stdout, stderr, exitCode } = await sessctl(["revoke", ...args], { url: "redis://127.0.0.1:1" });
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toContain(message);
});
