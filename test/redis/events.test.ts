import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionStore, openDirectory, type SessionDirectory, type SessionStore } from "../../src/index.js";
import { shardOfUser } from "../../src/core/token.js";
import { minutes, type TestClock, testClock } from "../helpers/clock.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let clock: TestClock;
let store: SessionStore;
let directory: SessionDirectory;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await redis.client.flushall();
  clock = testClock();
  store = createSessionStore({ redis: redis.url, clock });
  directory = openDirectory({ redis: redis.url, clock });
});
afterEach(async () => {
  await store.close();
  await directory.close();
});

const home = { ip: "203.0.113.7", userAgent: "Mozilla/5.0 Firefox/150.0" };
const cafe = { ip: "198.51.100.20", userAgent: "Mozilla/5.0 Firefox/150.0" };
const types = async () => (await directory.events()).map(({ type }) => type);

describe("events", () => {
  it("tell the life of a session, each once and in order", async () => {
    const anonymous = await store.create({ client: home });
    clock.advance(10);
    const login = await store.rotate(anonymous.token, { user: "alice", client: home });
    if (!login.ok) throw new Error("refused");
    clock.advance(10);
    await store.validate(login.token, cafe);
    clock.advance(10);
    const raised = await store.rotate(login.token, { level: "aal2" });
    if (!raised.ok) throw new Error("refused");
    clock.advance(10);
    await store.destroy(raised.token);
    clock.advance(10);
    await store.validate(login.token, cafe);
    const events = await directory.events();
    expect(events.map(({ type, id }) => [type, id])).toEqual([
      ["created", anonymous.session.id],
      ["rotated", login.session.id],
      ["switched", login.session.id],
      ["rotated", raised.session.id],
      ["destroyed", raised.session.id],
      ["replayed", login.session.id],
    ]);
    expect(events[1]).toMatchObject({ user: "alice", previousId: anonymous.session.id, ip: home.ip });
    expect(events[2]).toMatchObject({ user: "alice", ip: cafe.ip, userAgent: cafe.userAgent });
    expect(events[3]).toMatchObject({ previousId: login.session.id });
    expect(events[5]).toMatchObject({ ip: cafe.ip, reason: "rotated", at: clock() });
  });

  it("tell a revocation with its reason and actor, however it was done", async () => {
    const issued = await Promise.all([1, 2, 3].map(() => store.create({ user: "alice" })));
    await directory.revoke([issued[0]?.session.id ?? ""], { reason: "stolen", actor: "support" });
    await store.revokeUser("alice", { reason: "password change", actor: "alice" });
    const revoked = (await directory.events()).filter(({ type }) => type === "revoked");
    expect(revoked.map(({ user, reason, actor }) => `${user} ${reason} ${actor}`).toSorted()).toEqual([
      "alice password change alice",
      "alice password change alice",
      "alice stolen support",
    ]);
  });

  it("tell expiry, the cutoff and the limit", async () => {
    const short = await store.create({ absoluteMs: minutes(1) });
    const cut = await store.create({ user: "alice" });
    clock.advance(minutes(2));
    await store.validate(short.token);
    clock.advance(1);
    await directory.cutoff(clock());
    await store.validate(cut.token);
    clock.advance(1);
    const limited = createSessionStore({ redis: redis.url, clock, maxPerUser: 1 });
    await limited.create({ user: "bob" });
    await limited.create({ user: "bob" });
    await limited.close();
    const ends = (await directory.events()).filter(({ type }) => type === "expired" || type === "revoked");
    expect(ends.map(({ type, reason }) => [type, reason])).toEqual([
      ["expired", undefined],
      ["revoked", "cutoff"],
      ["revoked", "limit"],
    ]);
  });

  it("tell a refused client and a dead token once a minute for each session, however often they come", async () => {
    const bound = createSessionStore({ redis: redis.url, clock, binding: { onMismatch: "refuse" } });
    const { token } = await bound.create({ user: "alice", client: home });
    for (let n = 0; n < 5; n++) await bound.validate(token, cafe);
    await bound.destroy(token);
    for (let n = 0; n < 5; n++) await bound.validate(token, cafe);
    expect(await types()).toEqual(["created", "refused", "destroyed", "replayed"]);
    clock.advance(minutes(1));
    await bound.validate(token, cafe);
    expect((await types()).at(-1)).toBe("replayed");
    expect(await types()).toHaveLength(5);
    await bound.close();
  });

  it("are none for tokens that never were", async () => {
    await store.validate(`00${"a".repeat(32)}`);
    expect(await types()).toEqual([]);
  });

  it("are kept about as many as asked for, and read from an instant on", async () => {
    const few = createSessionStore({ redis: redis.url, clock, maxEvents: 256 });
    for (let n = 0; n < 500; n++) await few.create({ user: "alice" });
    expect(await redis.client.xlen(`sc:{${shardOfUser("alice")}}:events`)).toBeLessThan(250);
    clock.advance(minutes(0.5));
    await few.create({ user: "bob" });
    expect((await directory.events({ since: clock() })).map(({ user }) => user)).toEqual(["bob"]);
    expect(await directory.events({ limit: 3 })).toHaveLength(3);
    expect((await directory.events({ limit: 3 })).at(-1)?.user).toBe("bob");
    await few.close();
  });

  it("that cannot be read are passed over", async () => {
    await redis.client.xadd("sc:{00}:events", "*", "type", "nonsense");
    await redis.client.xadd("sc:{00}:events", "*", "type", "created", "id", "x", "at", "never");
    await store.create();
    expect(await types()).toEqual(["created"]);
  });
});

describe("a cutoff", () => {
  it("ends every session that was created before, at once, and no later one", async () => {
    const before = await Promise.all(Array.from({ length: 50 }, (_, n) => store.create({ user: `user-${n}` })));
    clock.advance(1);
    await directory.cutoff(clock());
    const after = await store.create({ user: "user-1" });
    for (const { token } of before) expect(await store.validate(token)).toEqual({ ok: false, reason: "revoked" });
    expect(await store.validate(after.token)).toMatchObject({ ok: true });
    expect((await directory.recent(100)).map(({ id }) => id)).toEqual([after.session.id]);
  });

  it("is never undone by an earlier one", async () => {
    const { token } = await store.create();
    clock.advance(1000);
    await directory.cutoff(clock());
    await directory.cutoff(clock() - 500_000);
    expect(await store.validate(token)).toEqual({ ok: false, reason: "revoked" });
  });

  it("makes room for a user who may have only so many", async () => {
    const limited = createSessionStore({ redis: redis.url, clock, maxPerUser: 1, onLimit: "refuse" });
    await limited.create({ user: "alice" });
    clock.advance(1);
    await directory.cutoff(clock());
    expect(await limited.create({ user: "alice" })).toMatchObject({ ok: true });
    await limited.close();
  });

  it("leaves no session in memory after a sweep", async () => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => store.create({ user: `user-${n}` })));
    clock.advance(1);
    await directory.cutoff(clock());
    expect(await store.sweep()).toBeGreaterThanOrEqual(50);
    expect(await redis.client.keys("sc:*:session:*")).toEqual([]);
    expect(await redis.client.keys("sc:*:live")).toEqual([]);
    expect(await redis.client.keys("sc:*:user:*")).toEqual([]);
  });
});

describe("a sweep", () => {
  it("leaves no index entry without its session, and every session with its own", async () => {
    const issued = await Promise.all(
      Array.from({ length: 60 }, (_, n) => store.create({ user: `user-${n % 5}`, client: home })),
    );
    clock.advance(2000);
    for (const { token } of issued.slice(0, 20)) await store.validate(token, cafe);
    for (const { session } of issued.slice(0, 30)) {
      await redis.client.del(`sc:{${session.id.slice(0, 2)}}:session:${session.id}`);
    }
    expect(await store.sweep()).toBe(30 + 20 + 30);
    expect(await store.sweep()).toBe(0);
    expect(await directory.count()).toMatchObject({ sessions: 30, flagged: 0 });
    let listed = 0;
    for (let n = 0; n < 5; n++) listed += await redis.client.zcard(`sc:{${shardOfUser(`user-${n}`)}}:user:user-${n}`);
    expect(listed).toBe(30);
  });
});

describe("sealed data", () => {
  const [key1, key2] = [randomBytes(32), randomBytes(32)];
  const open = (...sealKeys: Uint8Array[]) => createSessionStore({ redis: redis.url, clock, sealKeys });
  const everything = async () => {
    const keys = await redis.client.keys("sc:*:session:*");
    return (await Promise.all(keys.map((key) => redis.client.get(key)))).join("\n");
  };

  it("is not in Redis in the clear, and comes back whole through every operation", async () => {
    const sealed = open(key1);
    const { token } = await sealed.create({ user: "alice", data: { secret: "swordfish" } });
    expect(await everything()).not.toContain("swordfish");
    await sealed.update(token, (data) => ({ ...data, n: 1 }));
    const rotated = await sealed.rotate(token, { level: "aal2" });
    const login = rotated.ok ? await sealed.rotate(rotated.token, { user: "bob" }) : rotated;
    expect(login).toMatchObject({ ok: true, session: { data: { secret: "swordfish", n: 1 } } });
    expect((await sealed.listUser("bob"))[0]?.data).toEqual({ secret: "swordfish", n: 1 });
    expect(await everything()).not.toContain("swordfish");
    await sealed.close();
  });

  it("is read by every key, and written by the first", async () => {
    const before = open(key1);
    const { token } = await before.create({ data: { n: 1 } });
    await before.close();
    const during = open(key2, key1);
    expect(await during.update(token, ({ n }) => ({ n: Number(n) + 1 }))).toMatchObject({ ok: true });
    await during.close();
    const after = open(key2);
    expect(await after.validate(token)).toMatchObject({ ok: true, session: { data: { n: 2 } } });
    await after.close();
    const without = open(key1);
    expect(await without.validate(token)).toEqual({ ok: false, reason: "unknown" });
    await without.close();
  });

  it("does not pass for another session's", async () => {
    const sealed = open(key1);
    const alice = await sealed.create({ user: "alice", data: { admin: true } });
    const mallory = await sealed.create({ user: "mallory", data: { admin: false } });
    const keyOf = (id: string) => `sc:{${id.slice(0, 2)}}:session:${id}`;
    const stolen = JSON.parse((await redis.client.get(keyOf(alice.session.id))) ?? "") as { x: string };
    const own = JSON.parse((await redis.client.get(keyOf(mallory.session.id))) ?? "") as { x: string };
    await redis.client.set(keyOf(mallory.session.id), JSON.stringify({ ...own, x: stolen.x }), "KEEPTTL");
    expect(await sealed.validate(mallory.token)).toEqual({ ok: false, reason: "unknown" });
    await sealed.close();
  });

  it("stays sealed for an operator, who can list, expire and revoke all the same", async () => {
    const sealed = open(key1);
    const { token, session } = await sealed.create({ user: "alice", data: { n: 1 } });
    expect((await directory.byUser("alice"))[0]).toMatchObject({ user: "alice", corrupt: undefined, data: undefined });
    await directory.expire([session.id], clock() + minutes(5));
    expect(await sealed.validate(token)).toMatchObject({
      ok: true,
      session: { data: { n: 1 }, endsAt: clock() + minutes(5) },
    });
    expect(await directory.revoke([session.id])).toMatchObject([{ outcome: "revoked" }]);
    await sealed.close();
  });

  it("wants keys of 32 bytes, as bytes, hex or base64", async () => {
    for (const key of [new Uint8Array(31), "short", ""]) {
      expect(() => createSessionStore({ redis: redis.url, sealKeys: [key] })).toThrow(/32 bytes/);
    }
    expect(() => createSessionStore({ redis: redis.url, sealKeys: [] })).toThrow(/at least one/);
    const hex = createSessionStore({ redis: redis.url, clock, sealKeys: [key1.toString("hex")] });
    const { token } = await hex.create({ data: { n: 1 } });
    const base64 = createSessionStore({ redis: redis.url, clock, sealKeys: [key1.toString("base64")] });
    expect(await base64.validate(token)).toMatchObject({ ok: true, session: { data: { n: 1 } } });
    await hex.close();
    await base64.close();
  });
});
