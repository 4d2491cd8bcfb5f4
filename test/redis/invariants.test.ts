import { inspect } from "node:util";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionStore, openDirectory, type SessionStore } from "../../src/index.js";
import { shardOfUser } from "../../src/core/token.js";
import { minutes, type TestClock, testClock } from "../helpers/clock.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** The numbered invariants of docs/layout.md, on a real server. */

let redis: TestRedis;
let clock: TestClock;
let store: SessionStore;
let other: SessionStore;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.client.flushall();
  clock = testClock();
  store = createSessionStore({ redis: redis.url, clock });
  other = createSessionStore({ redis: redis.url, clock });
});
afterEach(async () => {
  await store.close();
  await other.close();
});

async function dump(): Promise<string> {
  const keys = await redis.client.keys("*");
  const values: unknown[] = [];
  for (const key of keys) {
    const type = await redis.client.type(key);
    if (type === "string") values.push(await redis.client.get(key));
    else if (type === "stream") values.push(await redis.client.xrange(key, "-", "+"));
    else values.push(await redis.client.zrange(key, "0", "-1"));
  }
  return JSON.stringify([keys, values]);
}

describe("1. a token is never written anywhere", () => {
  it("is in no command that Redis is sent, and in nothing that it keeps", async () => {
    const monitor = await redis.client.duplicate().monitor();
    const commands: string[] = [];
    monitor.on("monitor", (_, args: string[]) => commands.push(args.join(" ")));
    const client = { ip: "203.0.113.7", userAgent: "x" };
    const first = await store.create({ client });
    const second = await store.rotate(first.token, { user: "alice", client });
    if (!second.ok) throw new Error("refused");
    clock.advance(2000);
    await store.validate(second.token, { ip: "198.51.100.1", userAgent: "y" });
    await store.update(second.token, () => ({ n: 1 }));
    const third = await store.rotate(second.token, { level: "aal2" });
    if (!third.ok) throw new Error("refused");
    await store.listUser("alice");
    await store.destroy(third.token);
    await expect.poll(() => commands.some((command) => command.includes("logout"))).toBe(true);
    monitor.disconnect();
    const written = commands.join("\n") + (await dump());
    expect(written).toContain(third.session.id);
    for (const { token } of [first, second, third]) {
      for (const part of [token, token.slice(2), token.slice(2, 18), Buffer.from(token).toString("base64")]) {
        expect(written).not.toContain(part);
      }
    }
  });
});

describe("2. nothing brings a session back", () => {
  it("neither updates nor requests that end after the logout", async () => {
    for (let round = 0; round < 50; round++) {
      const { token } = await store.create({ user: "alice", client: { ip: "203.0.113.1" } });
      clock.advance(2000);
      await Promise.all([
        other.update(token, (data) => ({ ...data, late: true })),
        other.validate(token, { ip: `198.51.100.${round}` }),
        store.destroy(token),
        other.rotate(token).then((result) => (result.ok ? store.destroy(result.token) : false)),
        other.update(token, (data) => ({ ...data, later: true })),
      ]);
      expect(await store.validate(token)).toMatchObject({ ok: false });
      expect(await redis.client.keys("sc:*:session:*")).toEqual([]);
      expect(await redis.client.keys("sc:*:live")).toEqual([]);
    }
  });
});

describe("3. concurrent updates lose nothing", () => {
  it("counts every increment of two processes' stores", async () => {
    const { token } = await store.create({ data: { n: 0 } });
    const increments = Array.from({ length: 200 }, (_, n) =>
      (n % 2 === 0 ? store : other).update(token, (data) => ({ n: Number(data["n"]) + 1 })),
    );
    for (const result of await Promise.all(increments)) expect(result.ok).toBe(true);
    const check = await store.validate(token);
    expect(check.ok && check.session.data).toEqual({ n: 200 });
  });

  it("keeps data and client switches that race", async () => {
    const { token } = await store.create({ data: { n: 0 }, client: { ip: "203.0.113.1" } });
    for (let round = 1; round <= 10; round++) {
      clock.advance(2000);
      await Promise.all([
        store.update(token, (data) => ({ n: Number(data["n"]) + 1 })),
        other.validate(token, { ip: `198.51.100.${round}` }),
      ]);
    }
    const check = await store.validate(token);
    expect(check).toMatchObject({ ok: true, session: { data: { n: 10 } } });
    expect(check.ok && check.session.sightings).toHaveLength(11);
  });
});

describe("4. the absolute deadline holds", () => {
  it.each([
    ["is past its deadline", { absoluteMs: minutes(10) }, minutes(11), "expired"],
    ["was created before the cutoff", {}, minutes(11), "revoked"],
  ])("and a request removes a record that %s, and the reason is remembered", async (_, options, ms, reason) => {
    const { token, session } = await store.create({ user: "alice", ...options });
    clock.advance(ms);
    const shard = session.id.slice(0, 2);
    if (reason === "revoked") await redis.client.set(`sc:{${shard}}:cutoff`, clock());
    for (let n = 0; n < 3; n++) expect(await store.validate(token)).toEqual({ ok: false, reason });
    expect(await redis.client.exists(`sc:{${shard}}:session:${session.id}`, `sc:{${shard}}:live`)).toBe(0);
  });

  it("and an idle window by the server's clock alone, when the store has the system's", async () => {
    const real = createSessionStore({ redis: redis.url, idleMs: 50 });
    const { token } = await real.create({ user: "alice" });
    expect((await real.validate(token)).ok).toBe(true);
    await expect.poll(() => redis.client.keys("sc:*:session:*"), { timeout: 5000 }).toEqual([]);
    expect(await real.validate(token)).toEqual({ ok: false, reason: "unknown" });
    await real.close();
  });
});

describe("5. rotation leaves exactly one valid session", () => {
  it("leaves none when the process dies between the two halves of a login", async () => {
    const anonymous = await store.create();
    const client = new Redis(redis.socket);
    const dying = createSessionStore({ redis: client, clock });
    const call = client.call.bind(client);
    client.call = ((name: string, ...args: string[]) => {
      if (name.startsWith("EVAL") && args.join(" ").includes('"u":"alice"')) {
        return Promise.reject(new Error("Connection is closed."));
      }
      return call(name, ...args);
    }) as typeof client.call;
    await expect(dying.rotate(anonymous.token, { user: "alice" })).rejects.toMatchObject({ code: "unreachable" });
    client.disconnect();
    expect(await store.validate(anonymous.token)).toEqual({ ok: false, reason: "rotated" });
    expect(await store.listUser("alice")).toEqual([]);
    expect(await redis.client.keys("sc:*:session:*")).toEqual([]);
  });

  it("has one winner when two processes rotate at once", async () => {
    for (let round = 0; round < 30; round++) {
      const { token } = await store.create({ user: "alice" });
      const results = await Promise.all([
        store.rotate(token),
        other.rotate(token),
        store.rotate(token, { level: "x" }),
      ]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await store.revokeUser("alice")).toBe(1);
    }
  });
});

describe("6. after revokeUser no older session validates", () => {
  it("with logins and rotations racing it", async () => {
    for (let round = 0; round < 30; round++) {
      const before = await Promise.all([1, 2, 3].map(() => store.create({ user: "alice" })));
      const anonymous = await store.create();
      const rotations = before.map(({ token }) => other.rotate(token));
      const login = other.rotate(anonymous.token, { user: "alice" });
      await store.revokeUser("alice");
      const rotated = await Promise.all(rotations);
      const late = await login;
      for (const { token } of before) expect((await store.validate(token)).ok).toBe(false);
      const left = (await store.listUser("alice")).map(({ id }) => id);
      for (const result of rotated) if (result.ok) expect(left).not.toContain(result.session.id);
      if (late.ok) await store.destroy(late.token);
      expect(await store.listUser("alice")).toEqual([]);
    }
  });

  it("ends more sessions than one script takes", async () => {
    await Promise.all(Array.from({ length: 450 }, () => store.create({ user: "alice" })));
    expect(await store.revokeUser("alice")).toBe(450);
    expect(await redis.client.keys("sc:*:session:*")).toEqual([]);
    expect(await redis.client.keys("sc:*:live")).toEqual([]);
  });
});

describe("7. indexes", () => {
  it("forget a session whose record went by itself", async () => {
    const { session } = await store.create({ user: "alice" });
    const stays = await store.create({ user: "alice" });
    await redis.client.del(`sc:{${session.id.slice(0, 2)}}:session:${session.id}`);
    expect((await store.listUser("alice")).map(({ id }) => id)).toEqual([stays.session.id]);
    clock.advance(minutes(31));
    for (let n = 0; n < 64; n++) await store.create({ user: "alice" });
    const live = await redis.client.zrange(`sc:{${shardOfUser("alice")}}:live`, "0", "-1");
    await expect
      .poll(() => redis.client.zscore(`sc:{${shardOfUser("alice")}}:live`, session.id), { timeout: 5000 })
      .toBeNull();
    expect(live).toContain(stays.session.id);
  });

  it("end with their last session, so that a user who never comes back leaves nothing", async () => {
    const { session } = await store.create({ user: "alice" });
    const ends = await redis.client.pexpiretime(`sc:{${session.id.slice(0, 2)}}:user:alice`);
    expect(ends).toBe(session.endsAt);
  });

  it("hold every session that exists, whatever was done before", async () => {
    const tokens: string[] = [];
    for (let n = 0; n < 150; n++) {
      clock.advance(1500);
      const user = `user-${n % 7}`;
      const pick = tokens[(n * 13) % Math.max(tokens.length, 1)] ?? "";
      if (n % 5 === 0) await store.destroy(pick);
      else if (n % 7 === 0) await store.revokeUser(user);
      else if (n % 3 === 0) {
        const next = await store.rotate(pick, n % 2 === 0 ? { user } : {});
        if (next.ok) tokens.push(next.token);
      } else if (n % 11 === 0) await store.validate(pick, { ip: `192.0.2.${n}` });
      else tokens.push((await store.create(n % 4 === 0 ? {} : { user })).token);
    }
    const keys = await redis.client.keys("sc:*:session:*");
    expect(keys.length).toBeGreaterThan(10);
    for (const key of keys) {
      const id = key.slice(-32);
      const { u } = JSON.parse((await redis.client.get(key)) ?? "") as { u?: string };
      expect(await redis.client.zscore(`sc:{${id.slice(0, 2)}}:live`, id)).not.toBeNull();
      if (u !== undefined) expect(await redis.client.zscore(`sc:{${shardOfUser(u)}}:user:${u}`, id)).not.toBeNull();
    }
    const indexed = await Promise.all((await redis.client.keys("sc:*:live")).map((key) => redis.client.zcard(key)));
    expect(indexed.reduce((sum, n) => sum + n, 0)).toBe(keys.length);
  });
});

describe("9. a record that cannot be decoded stops nothing", () => {
  it.each(["not json", "{}", '{"v":2}', '{"v":1,"i":1800000,"e":2,"c":3}', "[]", "null", ""])(
    "such as %j",
    async (text) => {
      const good = await store.create({ user: "alice" });
      const bad = await store.create({ user: "alice" });
      const key = `sc:{${bad.session.id.slice(0, 2)}}:session:${bad.session.id}`;
      await redis.client.set(key, text, "KEEPTTL");
      expect(await store.validate(bad.token)).toEqual({ ok: false, reason: "unknown" });
      expect((await store.listUser("alice")).map(({ id }) => id)).toEqual([good.session.id]);
      expect((await Promise.all([store.validate(bad.token), store.validate(good.token)])).map(({ ok }) => ok)).toEqual([
        false,
        true,
      ]);
      const directory = openDirectory({ redis: redis.url, clock });
      const listed = await directory.recent(10);
      expect(listed.map(({ corrupt }) => typeof corrupt).toSorted()).toEqual(["string", "undefined"]);
      await directory.close();
      expect(await store.destroy(bad.token)).toBe(true);
    },
  );

  it("nor a key of another type under a session's name", async () => {
    const good = await store.create({ user: "alice" });
    const bad = await store.create({ user: "alice" });
    const key = `sc:{${bad.session.id.slice(0, 2)}}:session:${bad.session.id}`;
    await redis.client.del(key);
    await redis.client.hset(key, "field", "value");
    const checks = await Promise.all([store.validate(bad.token), store.validate(good.token)]);
    expect(checks.map(({ ok }) => ok)).toEqual([false, true]);
    expect(await store.listUser("alice")).toHaveLength(1);
    const directory = openDirectory({ redis: redis.url, clock });
    expect((await directory.get([bad.session.id]))[0]).toMatchObject({ corrupt: "the key is no string" });
    expect(await directory.revoke([bad.session.id])).toEqual([{ id: bad.session.id, outcome: "revoked" }]);
    expect(await redis.client.exists(key)).toBe(0);
    await directory.close();
  });
});

describe("one round trip", () => {
  it("serves all validations of one turn of the event loop, and their idle windows are rolled together", async () => {
    const real = createSessionStore({ redis: redis.url });
    const issued = await Promise.all(Array.from({ length: 64 }, (_, n) => real.create({ user: `user-${n}` })));
    const calls = async (command: string) => {
      const stats = await redis.client.info("commandstats");
      return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
    };
    await redis.client.config("RESETSTAT");
    const checks = await Promise.all(issued.map(({ token }) => real.validate(token)));
    expect(checks.every(({ ok }) => ok)).toBe(true);
    // The records and the cutoffs, in one command.
    expect(await calls("mget")).toBe(1);
    await expect.poll(() => calls("pexpireat")).toBe(64);
    await redis.client.config("RESETSTAT");
    await Promise.all(issued.map(({ token }) => real.validate(token)));
    expect(await calls("mget")).toBe(1);
    // Rolled a moment ago: not again within a second.
    expect(await calls("pexpireat")).toBe(0);
    await real.close();
  });

  it("rolls what was accepted and nothing else", async () => {
    const bound = createSessionStore({ redis: redis.url, clock, binding: { onMismatch: "refuse" } });
    const { token, session } = await bound.create({ client: { ip: "203.0.113.7" } });
    const key = `sc:{${session.id.slice(0, 2)}}:session:${session.id}`;
    clock.advance(minutes(5));
    expect((await bound.validate(token, { ip: "198.51.100.7" })).ok).toBe(false);
    await bound.update(token, () => ({ n: 1 }));
    expect(await redis.client.pexpiretime(key)).toBe(session.idleEndsAt);
    expect((await bound.validate(token, { ip: "203.0.113.7" })).ok).toBe(true);
    await expect.poll(() => redis.client.pexpiretime(key)).toBe(clock() + minutes(30));
    await bound.close();
  });

  it("goes on after Redis has forgotten its scripts", async () => {
    const { token } = await store.create({ user: "alice" });
    await redis.client.script("FLUSH");
    expect((await store.validate(token)).ok).toBe(true);
    await redis.client.script("FLUSH");
    expect(await store.revokeUser("alice")).toBe(1);
  });
});

describe("calls that travel together", () => {
  it("fail each for itself", async () => {
    await redis.client.set(`sc:{${shardOfUser("bob")}}:user:bob`, "not an index");
    const outcomes = await Promise.allSettled(["alice", "bob", "carol"].map((user) => store.create({ user })));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(outcomes[1]).toMatchObject({ reason: { code: "wrong-type" } });
    expect(await store.listUser("alice")).toHaveLength(1);
  });

  it("answer each its own, more than one command takes", async () => {
    const users = Array.from({ length: 300 }, (_, n) => `user-${n}`);
    const issued = await Promise.all(users.map((user) => store.create({ user, data: { user } })));
    const checks = await Promise.all(issued.map(({ token }) => store.validate(token)));
    expect(checks.map((check) => check.ok && check.session.data["user"])).toEqual(users);
    const ended = await Promise.all(issued.map(async ({ token }, n) => n % 2 === 0 && store.destroy(token)));
    const after = await Promise.all(issued.map(({ token }) => store.validate(token)));
    expect(after.map(({ ok }) => !ok)).toEqual(ended);
  });
});

describe("a logout in the process that knows the session", () => {
  let real: SessionStore;
  beforeEach(() => {
    real = createSessionStore({ redis: redis.url });
  });
  afterEach(() => real.close());
  const commandsOf = async (): Promise<string> => redis.client.info("commandstats");

  it("ends it without reading it first", async () => {
    const { token } = await real.create({ user: "alice" });
    await redis.client.config("RESETSTAT");
    expect(await real.destroy(token)).toBe(true);
    expect(await commandsOf()).not.toContain("cmdstat_pexpiretime");
    expect(await real.destroy(token)).toBe(false);
    expect(await real.validate(token)).toEqual({ ok: false, reason: "logout" });
    expect(await redis.client.exists(`sc:{${shardOfUser("alice")}}:user:alice`)).toBe(0);
  });

  it("ends one that it has only validated", async () => {
    const { token } = await store.create({ user: "alice" });
    await real.validate(token);
    await redis.client.config("RESETSTAT");
    expect(await real.destroy(token)).toBe(true);
    expect(await commandsOf()).not.toContain("cmdstat_pexpiretime");
  });

  it("says of one that a cutoff has revoked that it was not there, and that it was revoked", async () => {
    const { token, session } = await real.create({ user: "alice" });
    await redis.client.set(`sc:{${shardOfUser("alice")}}:cutoff`, session.createdAt + 1);
    expect(await real.destroy(token)).toBe(false);
    expect(await real.validate(token)).toEqual({ ok: false, reason: "revoked" });
  });

  it("says of one whose end an operator has brought forward that it was not there", async () => {
    const { token, session } = await real.create({ user: "alice" });
    const directory = openDirectory({ redis: redis.url });
    await directory.expire([session.id], Date.now() - 1);
    await directory.close();
    expect(await real.destroy(token)).toBe(false);
    expect((await real.validate(token)).ok).toBe(false);
  });
});

it("refuses sessions created before the cutoff of their shard", async () => {
  const old = await store.create({ user: "alice" });
  clock.advance(10);
  await redis.client.set(`sc:{${shardOfUser("alice")}}:cutoff`, clock());
  const fresh = await store.create({ user: "alice" });
  expect(await store.validate(old.token)).toEqual({ ok: false, reason: "revoked" });
  expect(await store.validate(fresh.token)).toMatchObject({ ok: true });
  expect(await store.rotate(old.token)).toEqual({ ok: false, reason: "revoked" });
  expect((await store.listUser("alice")).map(({ id }) => id)).toEqual([fresh.session.id]);
});

it("flags a session whose network or kind of client changed, and not one whose address alone did", async () => {
  const chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
  const steady = await store.create({ client: { ip: "203.0.113.7", userAgent: chrome } });
  const moved = await store.create({ client: { ip: "203.0.113.7", userAgent: chrome } });
  clock.advance(2000);
  await store.validate(steady.token, { ip: "203.0.113.8", userAgent: chrome.replace("150", "151") });
  await store.validate(moved.token, { ip: "198.51.100.8", userAgent: chrome });
  const directory = openDirectory({ redis: redis.url, clock });
  expect(await directory.count()).toMatchObject({ sessions: 2, flagged: 1 });
  const kept = await store.rotate(moved.token, { level: "aal2" });
  expect((await directory.count()).flagged).toBe(1);
  const login = kept.ok ? await store.rotate(kept.token, { user: "alice" }) : kept;
  expect((await directory.count()).flagged).toBe(0);
  clock.advance(2000);
  if (login.ok) await store.validate(login.token, { ip: "192.0.2.1", userAgent: chrome });
  expect((await directory.count()).flagged).toBe(1);
  if (login.ok) await store.rotate(login.token, { user: "alice" });
  expect((await directory.count()).flagged).toBe(0);
  await directory.close();
});

it("shows no token when a command fails", async () => {
  const { token } = await store.create();
  await redis.client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  const error: unknown = await store.validate(token).catch((caught: unknown) => caught);
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(token.slice(2));
});
