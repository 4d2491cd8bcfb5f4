import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// Everything that can go wrong on the operator's side, each with what is said about it and the exit code.

const hostileAgent = "Mozilla\u001B]52;c;aGk=\u0007\u001B[2J\u202Etxt\u200B\u2028\r\n";

let redis: TestRedis;
let hostileId: string;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  for (let n = 0; n < 3; n++)
    await sessions.create({ user: "alice", client: { ip: "203.0.113.7", userAgent: "curl/8" } });
  const { session } = await sessions.create({
    user: "mallory",
    client: { ip: "203.0.113.8", userAgent: hostileAgent },
  });
  hostileId = session.id;
  await sessions.close();
});

afterAll(() => redis.stop());

test("an unreachable Redis: exit 4, says where, without the password", async () => {
  const { stdout, stderr, exitCode } = await sessctl(["list", "--url", "redis://admin:hunter2@127.0.0.1:1"]);
  expect(exitCode).toBe(4);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^sessctl: Redis cannot be reached.*ECONNREFUSED/);
  expect(stderr).toContain("at redis://admin:***@127.0.0.1:1");
  expect(stderr).toContain("try: ");
  expect(stderr).not.toContain("hunter2");
  expect(stderr).not.toContain("    at ");
});

test("an unreachable Redis with --debug: the stack too, still without the password", async () => {
  const { stderr, exitCode } = await sessctl(["list", "--debug", "--url", "redis://admin:hunter2@127.0.0.1:1"]);
  expect(exitCode).toBe(4);
  expect(stderr).toContain("    at ");
  expect(stderr).not.toContain("hunter2");
});

test("a Redis that does not answer: exit 4 within the timeout", async () => {
  process.kill(redis.pid, "SIGSTOP");
  try {
    const { stdout, stderr, exitCode } = await sessctl(["list", "--timeout", "1s"], { url: redis.url });
    expect(exitCode).toBe(4);
    expect(stdout).toBe("");
    expect(stderr).toContain("did not answer within 1000 ms");
  } finally {
    process.kill(redis.pid, "SIGCONT");
  }
});

test("a wrong password, and none: exit 4, and the password is not repeated", async () => {
  const locked = await startRedis(["--requirepass", "s3cret"]);
  try {
    const wrong = await sessctl(["list"], { url: locked.url.replace("redis+unix://", "redis+unix://:hunter2@") });
    expect(wrong.exitCode).toBe(4);
    expect(wrong.stdout).toBe("");
    expect(wrong.stderr).toContain("sessctl: Redis refused the password");
    expect(wrong.stderr).not.toContain("hunter2");
    const none = await sessctl(["list"], { url: locked.url });
    expect(none.exitCode).toBe(4);
    expect(none.stderr).toContain("NOAUTH");
    const right = await sessctl(["list"], { url: locked.url.replace("redis+unix://", "redis+unix://:s3cret@") });
    expect(right.exitCode).toBe(3);
  } finally {
    await locked.stop();
  }
});

test.each(["nonsense", "http://127.0.0.1", "redis://", "redis://host:99999", "redis+unix://relative"])(
  "a URL that is none, %s: exit 2 and the forms there are",
  async (url) => {
    const { stdout, stderr, exitCode } = await sessctl(["list"], { url });
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("sessctl: not a Redis URL");
    expect(stderr).toContain("redis+unix:///");
  },
);

test.each([["show"], ["revoke"], ["expire", "--in", "1m"]])(
  "an unknown id, for %s: exit 3, nothing changed",
  async (...command) => {
    const before = await redis.client.dbsize();
    const { stdout, stderr, exitCode } = await sessctl([...command, "ffffffffffffffff"], { url: redis.url });
    expect(exitCode).toBe(3);
    expect(stdout).toBe("");
    expect(stderr).toContain("no session has the id ffffffffffffffff");
    expect(stderr).toContain("try: ");
    expect(await redis.client.dbsize()).toBe(before);
  },
);

test.each(["xyz", "abc", "g0000000", "", "a".repeat(33)])("what cannot be an id, %j: exit 2", async (id) => {
  const { stdout, stderr, exitCode } = await sessctl(["show", id], { url: redis.url });
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("is not a session id");
});

test("a token in place of an id: exit 2, not repeated, and the id is named", async () => {
  const sessions = createSessionStore({ redis: redis.url });
  const { token, session } = await sessions.create({ user: "bob" });
  const { stderr, exitCode } = await sessctl(["show", token], { url: redis.url });
  await sessions.destroy(token);
  await sessions.close();
  expect(exitCode).toBe(2);
  expect(stderr).toContain(session.id);
  expect(stderr).not.toContain(token.slice(2));
});

test.each([["show"], ["revoke"], ["expire", "--in", "1m"]])(
  "an ambiguous prefix, for %s: exit 2, names the candidates, nothing changed",
  async (...command) => {
    // A namespace of its own, with ids that begin alike: they come from hashes, so the records are moved.
    await copyUnder(["a3f0aaaa".padEnd(32, "0"), "a3f0bbbb".padEnd(32, "0")]);
    const { stdout, stderr, exitCode } = await sessctl([...command, "a3f0", "--namespace", "twins"], {
      url: redis.url,
    });
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("more than one session's id begins with a3f0");
    expect(stderr).toContain("a3f0aaaa (alice)");
    expect(stderr).toContain("a3f0bbbb (alice)");
    const unique = await sessctl(["show", "A3F0a", "--namespace", "twins", "-o", "id"], { url: redis.url });
    expect(unique.stdout.trim()).toBe("a3f0aaaa".padEnd(32, "0"));
  },
);

test.each([
  ["list", "--active", "5x"],
  ["list", "--active", ""],
  ["list", "--timeout", "fast"],
  ["expire", "a3f09c2e", "--in", "-5m"],
  ["top", "--once", "--interval", "1h1h"],
])("a wrong duration, %s %s %s: exit 2 and how to write one", async (...args) => {
  const { stdout, stderr, exitCode } = await sessctl(args, { url: redis.url });
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("is not a duration");
  expect(stderr).toContain("90s, 30m, 12h, 7d or 1h30m");
});

test.each(["someday", "2026-02-30", "2020-01-01T00:00:00Z"])("a wrong time, %s: exit 2", async (at) => {
  const { stdout, stderr, exitCode } = await sessctl(["expire", "a3f09c2e", "--at", at], { url: redis.url });
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/--at: .*(is not a time|is past)/);
});

test("an undecodable record: listed, shown and audited as corrupt, and can be revoked", async () => {
  const id = "c0ffee".padEnd(32, "0");
  await redis.client.set(`sc:{c0}:session:${id}`, "{ not json \u001B[31m", "PX", 60_000);
  await redis.client.zadd("sc:{c0}:live", Date.now(), id);
  const list = await sessctl(["list", "-o", "json"], { url: redis.url });
  expect(list.exitCode).toBe(0);
  const listed = parsed(list.stdout);
  expect(listed).toHaveLength(5);
  expect(listed.find((session) => session["id"] === id)).toMatchObject({
    flags: ["corrupt"],
    user: null,
    corrupt: expect.any(String),
  });
  const show = await sessctl(["show", "c0ffee"], { url: redis.url });
  expect(show.exitCode).toBe(0);
  expect(show.stdout).toMatch(/corrupt +\S/);
  expect(show.stdout).not.toContain("\u001B");
  const audit = await sessctl(["audit", "--rule", "inconsistent", "-o", "id"], { url: redis.url });
  expect(audit.stdout).toBe(`${id}\n`);
  const revoke = await sessctl(["revoke", id], { url: redis.url });
  expect(revoke).toMatchObject({ exitCode: 0, stdout: "ended c0ffee00 (anonymous)\n" });
  expect(await redis.client.exists(`sc:{c0}:session:${id}`)).toBe(0);
});

test("a key of the wrong type under our prefix: reported as corrupt, and stops neither list nor audit", async () => {
  const id = "badbad".padEnd(32, "0");
  await redis.client.rpush(`sc:{ba}:session:${id}`, "a list");
  await redis.client.zadd("sc:{ba}:live", Date.now(), id);
  const list = await sessctl(["list", "-o", "json"], { url: redis.url });
  expect(list.exitCode).toBe(0);
  expect(
    parsed(list.stdout)
      .map((session) => session["user"])
      .filter((user) => user === "alice"),
  ).toHaveLength(3);
  expect(parsed(list.stdout).find((session) => session["id"] === id)).toMatchObject({ flags: ["corrupt"] });
  const audit = await sessctl(["audit"], { url: redis.url });
  expect(audit.exitCode).toBe(0);
  await redis.client.del(`sc:{ba}:session:${id}`);
});

test.each(["table", "json", "ndjson", "csv"])(
  "a user agent full of escape sequences: harmless as %s",
  async (output) => {
    for (const args of [
      ["list", "--user", "mallory", "--columns", "id,user,userAgent,client"],
      ["show", hostileId, "--data"],
      ["audit"],
    ]) {
      const { stdout, stderr, exitCode } = await sessctl([...args, "-o", output], { url: redis.url });
      expect(exitCode).toBe(0);
      // oxlint-disable-next-line no-control-regex
      expect(stdout + stderr).not.toMatch(
        /[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E]/,
      );
      if (output !== "csv") expect(stdout).not.toContain("\r");
    }
  },
);

test("a user agent full of escape sequences: the same text again from JSON", async () => {
  const { stdout } = await sessctl(["list", "--user", "mallory", "-o", "json"], { url: redis.url });
  expect(parsed(stdout)[0]?.["userAgent"]).toBe(hostileAgent);
});

function parsed(json: string): Record<string, unknown>[] {
  return JSON.parse(json) as Record<string, unknown>[];
}

/** Puts one of alice's records under other ids of the shard `a3` in a namespace of its own. */
async function copyUnder(ids: readonly string[]): Promise<void> {
  const { stdout } = await sessctl(["list", "--user", "alice", "-o", "id", "--limit", "1"], { url: redis.url });
  const id = stdout.trim();
  const record = (await redis.client.get(`sc:{${id.slice(0, 2)}}:session:${id}`)) ?? "";
  for (const other of ids) {
    await redis.client.set(`twins:{a3}:session:${other}`, record, "PX", 60_000);
    await redis.client.zadd("twins:{a3}:live", Date.now(), other);
  }
}
