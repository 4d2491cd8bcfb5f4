import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SessionStore } from "../../src/core/ports.js";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

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

const create = async (user: string) => await sessions.create({ user });
const run = (args: string[], stdin?: string) =>
  sessctl(args, { url: redis.url, ...(stdin === undefined ? {} : { stdin }) });
const idsOf = async (user: string) => (await sessions.listUser(user)).map(({ id }) => id);

// As when it is piped from a list that found nothing.
test.each<[args: string[]]>([
  [["revoke", "-", "--yes"]],
  [["revoke", "-"]],
  [["expire", "-", "--in", "1h"]],
  [["show", "-"]],
  [["show", "-", "-o", "json"]],
])("no id on standard input, %j: exit 3, without asking Redis", async (args) => {
  for (const stdin of ["", "\n \n"]) {
    expect(await sessctl(args, { url: "redis://127.0.0.1:1", stdin })).toEqual({
      stdout: "",
      stderr:
        "sessctl: no session matched: standard input holds no id\n" +
        "  try: Pipe ids in, such as those of sessctl list -o id.\n",
      exitCode: 3,
    });
  }
});

describe("revoke", () => {
  test("one by its id just happens, and says what it did", async () => {
    const { token, session } = await create("alice");
    const result = await run(["revoke", session.id.slice(0, 8), "--reason", "lost phone"]);
    expect(result).toEqual({ stdout: `ended ${session.id.slice(0, 8)} (alice)\n`, stderr: "", exitCode: 0 });
    expect(await sessions.validate(token)).toEqual({ ok: false, reason: "revoked" });
    const tombstone = await redis.client.get(`sc:{${session.id.slice(0, 2)}}:gone:${session.id}`);
    expect(tombstone).toContain("lost phone");
    expect(tombstone).toContain("@");
  });

  test.each([["--user", "alice"], ["IDS"]])(
    "many off a terminal, by %s: nothing happens without --yes",
    async (...how) => {
      await create("alice");
      await create("alice");
      const selector = how[0] === "IDS" ? await idsOf("alice") : how;
      const { stdout, stderr, exitCode } = await run(["revoke", ...selector]);
      expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
      expect(stderr).toContain("this would end 2 sessions of alice");
      expect(stderr).toContain("--yes");
      expect(await idsOf("alice")).toHaveLength(2);
    },
  );

  test("--dry-run shows which, and changes nothing", async () => {
    await create("alice");
    await create("alice");
    const result = await run(["revoke", "--user", "alice", "--dry-run", "-o", "id"]);
    expect(result.stdout.trim().split("\n").toSorted()).toEqual((await idsOf("alice")).toSorted());
    expect(result).toMatchObject({ stderr: "dry run: would end 2 sessions\n", exitCode: 0 });
  });

  test("all of a user but the ones to keep", async () => {
    const kept = await create("alice");
    const alsoKept = await create("alice");
    await create("alice");
    const bobs = await create("bob");
    const keep = ["--keep", kept.session.id, "--keep", alsoKept.session.id.slice(0, 10)];
    const result = await run(["revoke", "--user", "alice", ...keep, "--yes"]);
    expect(result).toMatchObject({ stdout: expect.stringMatching(/^ended [0-9a-f]{8} \(alice\)\n$/), exitCode: 0 });
    expect((await idsOf("alice")).toSorted()).toEqual([kept.session.id, alsoKept.session.id].toSorted());
    expect(await idsOf("bob")).toEqual([bobs.session.id]);
  });

  test("a session to keep that is not there: exit 3, nothing changed", async () => {
    await create("alice");
    const { stdout, stderr, exitCode } = await run(["revoke", "--user", "alice", "--keep", "ffffffff", "--yes"]);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 3 });
    expect(stderr).toContain("Nothing was changed");
    expect(await idsOf("alice")).toHaveLength(1);
  });

  test("of ids given, one is not there: the other is ended, exit 5", async () => {
    const { session } = await create("alice");
    const result = await run(["revoke", session.id, "ffffffff"]);
    expect(result).toEqual({
      stdout: `ended ${session.id.slice(0, 8)} (alice)\n`,
      stderr: "no session has the id ffffffff\n",
      exitCode: 5,
    });
  });

  test("of ids from standard input, one has ended meanwhile: that is what was wanted, exit 0", async () => {
    const { session } = await create("alice");
    const result = await run(["revoke", "-", "--yes"], `${"f".repeat(32)}\n${session.id}\n`);
    expect(result).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("no session has the id") });
    expect(await idsOf("alice")).toEqual([]);
  });

  test("nothing matched: exit 3", async () => {
    const result = await run(["revoke", "--user", "nobody", "--yes"]);
    expect(result).toMatchObject({ stdout: "", stderr: expect.stringContaining("no session matched"), exitCode: 3 });
  });

  test.each([
    [" ", ""],
    ["\t", "\r\n"],
    ["\r\n", "\n\n"],
    ["\n", ""],
  ])("ids from standard input, with %j between and %j after them", async (between, after) => {
    for (let n = 0; n < 3; n++) await create("alice");
    const result = await run(["revoke", "-", "--yes"], `${(await idsOf("alice")).join(between)}${after}`);
    expect(result).toEqual({ stdout: "ended 3 sessions of 1 user\n", stderr: "", exitCode: 0 });
  });

  test("for programs: what became of each", async () => {
    const { session } = await create("alice");
    const { stdout } = await run(["revoke", session.id, "-o", "json"]);
    expect(JSON.parse(stdout)).toEqual([{ id: session.id, user: "alice", outcome: "revoked", error: null }]);
  });

  test("a denied change: exit 4, nothing changed, nothing on standard output", async () => {
    const { session } = await create("alice");
    await redis.client.call("ACL", "SETUSER", "reader", "on", ">pw", "~*", "+@read", "+@connection", "+info");
    const url = redis.url.replace("redis+unix://", "redis+unix://reader:pw@");
    const { stdout, stderr, exitCode } = await sessctl(["revoke", session.id], { url });
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 4 });
    expect(stderr).toMatch(/denies the user reader/);
    expect(await idsOf("alice")).toHaveLength(1);
  });
});

describe("expire", () => {
  test("one by its id: the end is brought forward and no request puts it off", async () => {
    const { token, session } = await create("alice");
    const before = Date.now();
    const result = await run(["expire", session.id, "--in", "10m"]);
    expect(result).toMatchObject({ stderr: "", exitCode: 0 });
    expect(result.stdout).toMatch(/^set to end at \S+Z, in 10m: [0-9a-f]{8} \(alice\)\n$/);
    const check = await sessions.validate(token);
    const endsAt = check.ok ? check.session.endsAt : 0;
    expect(endsAt).toBeGreaterThanOrEqual(before + 600_000);
    expect(endsAt).toBeLessThanOrEqual(Date.now() + 600_000);
  });

  test("--at, and a later end than it has already changes nothing", async () => {
    const { session } = await create("alice");
    const at = new Date(Date.now() + 3_600_000).toISOString();
    expect(await run(["expire", session.id, "--at", at])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(at),
    });
    const later = await run(["expire", session.id, "--in", "2h"]);
    expect(later).toEqual({ stdout: "", stderr: "1 session would end sooner already: unchanged\n", exitCode: 0 });
    expect((await sessions.listUser("alice"))[0]?.endsAt).toBe(Date.parse(at));
  });

  test("a record that cannot be decoded fails and does not stop the others: exit 5", async () => {
    const { session } = await create("alice");
    const corrupt = "c0ffee".padEnd(32, "0");
    await redis.client.set(`sc:{c0}:session:${corrupt}`, "{", "PX", 60_000);
    const both = await run(["expire", session.id, corrupt, "--in", "10m", "--yes"]);
    expect(both).toMatchObject({ exitCode: 5, stdout: expect.stringContaining("(alice)") });
    expect(both.stderr).toContain("c0ffee00 failed: its record cannot be decoded");
    expect(await run(["expire", corrupt, "--in", "10m"])).toMatchObject({ exitCode: 1, stdout: "" });
  });
});
