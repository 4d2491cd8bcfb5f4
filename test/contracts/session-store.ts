import { createHash, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Issued, SessctlError, type SessionStore, type StoreOptions } from "../../src/index.js";
import { hours, minutes, type TestClock, testClock } from "../helpers/clock.js";
import { badInputContract } from "./bad-input.js";

/** One way to keep sessions, under test. */
export interface StoreUnderTest {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** An empty store. */
  open(options: StoreOptions): SessionStore;
}

const home = { ip: "203.0.113.7", userAgent: "Mozilla/5.0 Firefox/150.0" };
const cafe = { ip: "198.51.100.20", userAgent: "Mozilla/5.0 Firefox/150.0" };

/** What every session store promises, whatever it is kept in. */
export function sessionStoreContract(name: string, under: StoreUnderTest): void {
  describe(`session store contract: ${name}`, () => {
    let clock: TestClock;
    let store: SessionStore;

    beforeAll(() => under.start());
    afterAll(() => under.stop());
    beforeEach(() => {
      clock = testClock();
      store = under.open({ clock });
    });
    afterEach(() => store.close());

    const valid = async (token: string) => (await store.validate(token)).ok;
    const reason = async (token: string) => {
      const check = await store.validate(token);
      return check.ok ? "ok" : check.reason;
    };

    describe("create", () => {
      it("starts a session that its token opens", async () => {
        const { token, session } = await store.create({
          user: "alice",
          level: "aal1",
          client: home,
          data: { cart: [1] },
        });
        expect(token).toMatch(/^[0-9a-f]{2}[\w-]{32}$/);
        expect(session).toMatchObject({ user: "alice", level: "aal1", client: home, data: { cart: [1] } });
        expect(session.createdAt).toBe(clock());
        expect(session.endsAt).toBe(clock() + hours(12));
        expect(session.idleEndsAt).toBe(clock() + minutes(30));
        expect(session.sightings).toEqual([{ at: clock(), ...home }]);
        expect(await store.validate(token)).toEqual({ ok: true, session });
      });

      it("starts an anonymous session when no user is given", async () => {
        const { session } = await store.create();
        expect(session).toMatchObject({ user: undefined, level: undefined, authenticatedAt: undefined, data: {} });
        expect(session.client).toEqual({ ip: undefined, userAgent: undefined });
      });

      it("gives every session its own token and id, on its user's shard", async () => {
        const issued = await Promise.all(Array.from({ length: 50 }, () => store.create({ user: "bob" })));
        expect(new Set(issued.map(({ token }) => token)).size).toBe(50);
        expect(new Set(issued.map(({ session }) => session.id)).size).toBe(50);
        expect(new Set(issued.map(({ session }) => session.id.slice(0, 2))).size).toBe(1);
        for (const { token, session } of issued) expect(token).not.toContain(session.id.slice(2));
      });

      it("takes lifetimes of its own", async () => {
        const { token, session } = await store.create({ user: "alice", idleMs: hours(48), absoluteMs: hours(24 * 30) });
        expect(session.endsAt).toBe(clock() + hours(24 * 30));
        clock.advance(hours(47));
        expect(await valid(token)).toBe(true);
        clock.advance(hours(47));
        expect(await valid(token)).toBe(true);
        clock.advance(hours(48));
        expect(await reason(token)).toBe("expired");
      });

      it.each([
        ["an empty user", { user: "" }],
        ["a user of 2 kB", { user: "x".repeat(2048) }],
        ["a user with a lone surrogate", { user: "a\ud800" }],
        ["an empty level", { user: "a", level: "" }],
        ["an idle window of 0", { idleMs: 0 }],
        ["an idle window that is no whole number", { idleMs: 1.5 }],
        ["an absolute lifetime of 100 years", { absoluteMs: hours(24 * 365 * 100) }],
        ["data that is a list", { data: [] as unknown as Record<string, never> }],
        ["data that is a Map", { data: new Map() as unknown as Record<string, never> }],
        ["data with a BigInt", { data: { n: 1n } as unknown as Record<string, never> }],
      ])("refuses %s", async (_, options) => {
        await expect(store.create(options)).rejects.toMatchObject({ name: "SessctlError", code: "invalid-argument" });
      });

      it("keeps users apart whose names look like keys and patterns", async () => {
        const users = ["a", "a:b", "{a}", "*", "a\u0000", "ä", "a\u0308", " a", "__proto__"];
        for (const user of users) await store.create({ user });
        for (const user of users) {
          const sessions = await store.listUser(user);
          expect(sessions.map((session) => session.user)).toEqual([user]);
        }
      });

      it("cuts an overlong user agent, and takes an odd client without an error", async () => {
        const { session } = await store.create({ client: { ip: "\ud800", userAgent: "x".repeat(100_000) } });
        expect(session.client.userAgent).toHaveLength(1024);
        expect(session.client.ip).toBe("\ufffd");
      });
    });

    describe("validate", () => {
      it.each([
        ["empty", ""],
        ["too short", "abc"],
        ["100 kB", "a".repeat(100_000)],
        ["of another alphabet", `00${"!".repeat(32)}`],
        ["for a shard that does not exist", `zz${"a".repeat(32)}`],
        ["well formed but never issued", `00${"a".repeat(32)}`],
      ])("refuses a token that is %s", async (_, token) => {
        expect(await store.validate(token)).toEqual({ ok: false, reason: "unknown" });
      });

      it("rolls the idle window, and ends the session when it passes without a request", async () => {
        const { token } = await store.create({ user: "alice" });
        for (let n = 0; n < 5; n++) {
          clock.advance(minutes(30) - 1);
          expect(await valid(token)).toBe(true);
        }
        clock.advance(minutes(30));
        expect(await reason(token)).toBe("expired");
      });

      it("does not roll the idle window of a session that is over", async () => {
        const { token } = await store.create({ user: "alice" });
        clock.advance(minutes(30));
        for (let n = 0; n < 3; n++) expect(await valid(token)).toBe(false);
        expect(await store.listUser("alice")).toEqual([]);
      });

      it("holds the absolute deadline however active the session is", async () => {
        const { token } = await store.create({ user: "alice", absoluteMs: hours(2) });
        for (let n = 0; n < 11; n++) {
          clock.advance(minutes(10));
          expect(await valid(token)).toBe(true);
        }
        clock.advance(minutes(10) - 1);
        expect(await valid(token)).toBe(true);
        clock.advance(1);
        expect(await reason(token)).toBe("expired");
      });

      it("tells the session's last activity", async () => {
        const { token } = await store.create({ user: "alice" });
        clock.advance(minutes(5));
        const check = await store.validate(token);
        expect(check).toMatchObject({ ok: true, session: { lastSeenAt: clock(), idleEndsAt: clock() + minutes(30) } });
        clock.advance(minutes(3));
        const [listed] = await store.listUser("alice");
        expect(listed?.lastSeenAt).toBe(clock() - minutes(3));
      });

      it("remembers each different client once, and the first for ever", async () => {
        const { token } = await store.create({ user: "alice", client: home });
        for (const client of [home, cafe, cafe, home]) {
          clock.advance(minutes(1));
          await store.validate(token, client);
        }
        const check = await store.validate(token, home);
        expect(check.ok && check.session.sightings.map(({ ip }) => ip)).toEqual([home.ip, cafe.ip, home.ip]);
        expect(check.ok && check.session.client).toEqual(home);
      });

      it("keeps the first and the last fifteen of many clients", async () => {
        const { token } = await store.create({ user: "alice", client: home });
        for (let n = 0; n < 40; n++) {
          clock.advance(2000);
          await store.validate(token, { ip: `192.0.2.${n}`, userAgent: "x" });
        }
        const check = await store.validate(token);
        const ips = check.ok ? check.session.sightings.map(({ ip }) => ip) : [];
        expect(ips).toHaveLength(16);
        expect(ips[0]).toBe(home.ip);
        expect(ips.at(-1)).toBe("192.0.2.39");
      });

      it("writes clients that take turns at most once a second, and a stranger at once", async () => {
        const sightings = async () => (await store.listUser("alice"))[0]?.sightings.length;
        const { token } = await store.create({ user: "alice", client: home });
        await store.validate(token, { ...home, ip: "203.0.113.8" });
        expect(await sightings()).toBe(1);
        await store.validate(token, cafe);
        expect(await sightings()).toBe(2);
        for (const client of [home, cafe, home]) await store.validate(token, client);
        expect(await sightings()).toBe(2);
        clock.advance(1000);
        await store.validate(token, home);
        expect(await sightings()).toBe(3);
      });
    });

    describe("update", () => {
      it("replaces the data, and nothing else", async () => {
        const { token, session } = await store.create({ user: "alice", data: { n: 1 } });
        clock.advance(minutes(1));
        const updated = await store.update(token, (data) => ({ ...data, m: 2 }));
        expect(updated).toEqual({ ok: true, session: { ...session, data: { n: 1, m: 2 } } });
      });

      it("loses nothing when many update at once", async () => {
        const { token } = await store.create({ data: { n: 0 } });
        await Promise.all(Array.from({ length: 20 }, () => store.update(token, ({ n }) => ({ n: Number(n) + 1 }))));
        const check = await store.validate(token);
        expect(check.ok && check.session.data).toEqual({ n: 20 });
      });

      it("never brings a session back", async () => {
        const { token } = await store.create({ user: "alice" });
        await store.destroy(token);
        expect(await store.update(token, (data) => data)).toEqual({ ok: false, reason: "logout" });
        expect(await valid(token)).toBe(false);
        expect(await store.listUser("alice")).toEqual([]);
      });

      it("does not call the function for a session that is over", async () => {
        const { token } = await store.create();
        clock.advance(hours(13));
        const called = await store.update(token, () => {
          throw new Error("was called");
        });
        expect(called).toEqual({ ok: false, reason: "expired" });
      });

      it("keeps the old data when the function throws or the new is too large, and names the size", async () => {
        const { token } = await store.create({ data: { n: 1 } });
        const thrown = store.update(token, () => {
          throw new Error("on purpose");
        });
        await expect(thrown).rejects.toThrow("on purpose");
        const promised = store.update(token, () => Promise.resolve({ n: 2 }) as never);
        await expect(promised).rejects.toMatchObject({ code: "invalid-argument" });
        const large = store.update(token, () => ({ text: "x".repeat(33_000) }));
        await expect(large).rejects.toMatchObject({
          code: "data-too-large",
          message: expect.stringMatching(/33011 bytes.*32768/),
        });
        const check = await store.validate(token);
        expect(check.ok && check.session.data).toEqual({ n: 1 });
      });

      it("hands out data that can be changed without changing the session", async () => {
        const { token } = await store.create({ data: { list: [1] } });
        const check = await store.validate(token);
        if (check.ok) (check.session.data["list"] as number[]).push(2);
        const again = await store.validate(token);
        expect(again.ok && again.session.data).toEqual({ list: [1] });
      });

      it("keeps a __proto__ member as plain data", async () => {
        const data = JSON.parse('{"__proto__":{"admin":true},"n":1}') as { n: number };
        const { token } = await store.create({ data });
        const check = await store.validate(token);
        expect(check.ok && JSON.stringify(check.session.data)).toBe(JSON.stringify(data));
        expect(({} as { admin?: boolean }).admin).toBeUndefined();
      });
    });

    describe("rotate", () => {
      it("gives a new token and id, and refuses the old token", async () => {
        const first = await store.create({ user: "alice", data: { n: 1 }, client: home });
        clock.advance(minutes(5));
        const second = await store.rotate(first.token, { level: "aal2" });
        if (!second.ok) throw new Error("refused");
        expect(second.session.id).not.toBe(first.session.id);
        expect(second.session).toMatchObject({ user: "alice", level: "aal2", data: { n: 1 }, rotatedAt: clock() });
        expect(await reason(first.token)).toBe("rotated");
        expect(await valid(second.token)).toBe(true);
        expect((await store.listUser("alice")).map(({ id }) => id)).toEqual([second.session.id]);
      });

      it("extends no deadline and forgets no client without an authentication", async () => {
        const first = await store.create({ user: "alice", client: home });
        clock.advance(minutes(5));
        await store.validate(first.token, cafe);
        const second = await store.rotate(first.token, { level: "aal2" });
        expect(second).toMatchObject({ ok: true, session: { endsAt: first.session.endsAt, client: home } });
        expect(second.ok && second.session.sightings).toHaveLength(2);
      });

      it("begins anew with an authentication: deadline, level and clients", async () => {
        const anonymous = await store.create({ client: home, data: { cart: ["book"] } });
        clock.advance(minutes(20));
        const login = await store.rotate(anonymous.token, { user: "alice", client: cafe });
        if (!login.ok) throw new Error("refused");
        expect(login.session).toMatchObject({
          user: "alice",
          client: cafe,
          data: { cart: ["book"] },
          level: undefined,
        });
        expect(login.session).toMatchObject({
          authenticatedAt: clock(),
          createdAt: clock(),
          endsAt: clock() + hours(12),
        });
        expect(await reason(anonymous.token)).toBe("rotated");
        expect(await valid(login.token)).toBe(true);
      });

      it("does not carry one user's level to another", async () => {
        const alice = await store.create({ user: "alice", level: "aal3" });
        const bob = await store.rotate(alice.token, { user: "bob" });
        expect(bob).toMatchObject({ ok: true, session: { user: "bob", level: undefined } });
        expect(await store.listUser("alice")).toEqual([]);
        expect(await store.listUser("bob")).toHaveLength(1);
      });

      it("lets one of many win, and leaves one valid session", async () => {
        const { token } = await store.create({ user: "alice" });
        const results = await Promise.all(Array.from({ length: 10 }, () => store.rotate(token)));
        const winners = results.filter((result): result is Issued => result.ok);
        expect(winners).toHaveLength(1);
        const losers = results.filter((result) => !result.ok);
        expect(losers).toHaveLength(9);
        for (const loser of losers) expect(loser).toEqual({ ok: false, reason: "rotated" });
        expect(await store.listUser("alice")).toHaveLength(1);
      });

      it("lets one of many logins win, and leaves one valid session", async () => {
        const { token } = await store.create();
        const results = await Promise.all(Array.from({ length: 10 }, () => store.rotate(token, { user: "alice" })));
        expect(results.filter(({ ok }) => ok)).toHaveLength(1);
        expect(await store.listUser("alice")).toHaveLength(1);
      });

      it("does nothing to a session that is gone", async () => {
        const { token } = await store.create({ user: "alice" });
        await store.destroy(token);
        expect(await store.rotate(token, { user: "alice" })).toEqual({ ok: false, reason: "logout" });
        expect(await store.listUser("alice")).toEqual([]);
      });

      it("changes nothing when its options are wrong", async () => {
        const { token } = await store.create({ user: "alice" });
        await expect(store.rotate(token, { user: "" })).rejects.toMatchObject({ code: "invalid-argument" });
        await expect(store.rotate(token, { absoluteMs: 1000 })).rejects.toMatchObject({ code: "invalid-argument" });
        expect(await valid(token)).toBe(true);
      });
    });

    describe("destroy", () => {
      it("ends the session, and tells whether it was there", async () => {
        const { token } = await store.create({ user: "alice" });
        expect(await store.destroy(token)).toBe(true);
        expect(await store.destroy(token)).toBe(false);
        expect(await store.destroy("nonsense")).toBe(false);
        expect(await reason(token)).toBe("logout");
        expect(await store.listUser("alice")).toEqual([]);
      });

      it("does not find a session there that is over", async () => {
        const { token } = await store.create({ user: "alice" });
        clock.advance(minutes(30));
        expect(await store.destroy(token)).toBe(false);
        expect(await reason(token)).toBe("expired");
      });
    });

    describe("revokeUser", () => {
      it("ends all sessions of a user and nobody else's", async () => {
        const alice = await Promise.all([1, 2, 3].map(() => store.create({ user: "alice" })));
        const bob = await store.create({ user: "bob" });
        expect(await store.revokeUser("alice")).toBe(3);
        for (const { token } of alice) expect(await reason(token)).toBe("revoked");
        expect(await valid(bob.token)).toBe(true);
        expect(await store.revokeUser("alice")).toBe(0);
        expect(await store.revokeUser("nobody")).toBe(0);
      });

      it("keeps the one session that is to stay", async () => {
        const [first, ...others] = await Promise.all([1, 2, 3].map(() => store.create({ user: "alice" })));
        expect(await store.revokeUser("alice", { except: first?.session.id ?? "", reason: "password change" })).toBe(2);
        expect(await valid(first?.token ?? "")).toBe(true);
        for (const { token } of others) expect(await reason(token)).toBe("revoked");
      });
    });

    describe("listUser", () => {
      it("lists a user's sessions, most recently active first", async () => {
        const tokens: string[] = [];
        for (let n = 0; n < 3; n++) {
          tokens.push((await store.create({ user: "alice", data: { n } })).token);
          clock.advance(1000);
        }
        await store.validate(tokens[0] ?? "");
        expect((await store.listUser("alice")).map(({ data }) => data["n"])).toEqual([0, 2, 1]);
        expect(await store.listUser("bob")).toEqual([]);
      });
    });

    describe("binding", () => {
      const chrome = (major: number, os = "Windows NT 10.0; Win64; x64") =>
        `Mozilla/5.0 (${os}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
      const at = (ip: string | undefined, userAgent: string | undefined) => ({ ip, userAgent });
      const mac = "Macintosh; Intel Mac OS X 10_15_7";

      it.each([
        ["subnet", "family", at("203.0.113.9", chrome(150)), true],
        ["subnet", "family", at("203.0.113.7", chrome(155)), true],
        ["subnet", "family", at("198.51.100.7", chrome(150)), false],
        ["subnet", "family", at("203.0.113.7", chrome(150, mac)), false],
        ["subnet", "family", at(undefined, chrome(150)), false],
        ["subnet", "family", at("203.0.113.7", undefined), false],
        ["subnet", "family", at("::ffff:203.0.113.9", chrome(150)), true],
        ["exact", "off", at("203.0.113.9", "anything"), false],
        ["exact", "off", at("203.0.113.7", "anything"), true],
        ["off", "exact", at("198.51.100.7", chrome(150)), true],
        ["off", "exact", at("198.51.100.7", chrome(151)), false],
        ["off", "off", at("198.51.100.7", "curl/8"), true],
      ] as const)("ip %s, userAgent %s: %j matches: %j", async (ip, userAgent, client, matches) => {
        const bound = under.open({ clock, binding: { ip, userAgent, onMismatch: "refuse" } });
        const { token } = await bound.create({ user: "alice", client: at("203.0.113.7", chrome(150)) });
        const check = await bound.validate(token, client);
        expect(check.ok ? "ok" : check.reason).toBe(matches ? "ok" : "mismatch");
        await bound.close();
      });

      it("refuses the other client at once and every time, and keeps the session for its own", async () => {
        const bound = under.open({ clock, binding: { onMismatch: "refuse" } });
        const { token } = await bound.create({ user: "alice", client: home });
        for (let n = 0; n < 3; n++) {
          expect(await bound.validate(token, cafe)).toEqual({ ok: false, reason: "mismatch" });
          clock.advance(2000);
        }
        const check = await bound.validate(token, home);
        expect(check.ok && check.session.sightings).toHaveLength(1);
        expect(await bound.validate(token)).toMatchObject({ ok: true });
        await bound.close();
      });

      it("does not keep a session alive for a client that it refuses", async () => {
        const bound = under.open({ clock, binding: { onMismatch: "refuse" } });
        const { token } = await bound.create({ user: "alice", client: home });
        clock.advance(minutes(20));
        expect(await bound.validate(token, cafe)).toEqual({ ok: false, reason: "mismatch" });
        clock.advance(minutes(10));
        expect(await bound.validate(token, home)).toEqual({ ok: false, reason: "expired" });
        await bound.close();
      });

      it("ends the session when it is to revoke", async () => {
        const bound = under.open({ clock, binding: { onMismatch: "revoke" } });
        const { token } = await bound.create({ user: "alice", client: home });
        expect(await bound.validate(token, cafe)).toEqual({ ok: false, reason: "mismatch" });
        expect(await bound.validate(token, home)).toEqual({ ok: false, reason: "revoked" });
        expect(await bound.listUser("alice")).toEqual([]);
        await bound.close();
      });

      it("follows its own client when it moves within the binding", async () => {
        const bound = under.open({ clock, binding: { onMismatch: "refuse" } });
        const { token } = await bound.create({ client: at("203.0.113.7", chrome(150)) });
        for (let n = 1; n < 5; n++) {
          clock.advance(2000);
          expect(await bound.validate(token, at(`203.0.113.${n}`, chrome(150 + n)))).toMatchObject({ ok: true });
        }
        await bound.close();
      });

      it("refuses options that are none", () => {
        expect(() => under.open({ binding: { ip: "some" as "off" } })).toThrow(/binding.ip must be one of/);
        expect(() => under.open({ binding: { onMismatch: "shout" as "flag" } })).toThrow(/onMismatch/);
      });
    });

    describe("maxPerUser", () => {
      it("ends the user's oldest session to make room", async () => {
        const limited = under.open({ clock, maxPerUser: 2 });
        const issued = [];
        for (let n = 0; n < 4; n++) {
          issued.push(await limited.create({ user: "alice", data: { n } }));
          clock.advance(1000);
        }
        await limited.create({ user: "bob" });
        await limited.create();
        expect((await limited.listUser("alice")).map(({ data }) => data["n"])).toEqual([3, 2]);
        expect(await limited.validate(issued[0]?.token ?? "")).toEqual({ ok: false, reason: "revoked" });
        expect(await limited.validate(issued[3]?.token ?? "")).toMatchObject({ ok: true });
        await limited.close();
      });

      it("refuses the new session instead, when it is to", async () => {
        const limited = under.open({ clock, maxPerUser: 1, onLimit: "refuse" });
        const { token } = await limited.create({ user: "alice" });
        await expect(limited.create({ user: "alice" })).rejects.toMatchObject({ code: "limit-reached" });
        expect(await limited.validate(token)).toMatchObject({ ok: true });
        await limited.destroy(token);
        expect(await limited.create({ user: "alice" })).toMatchObject({ ok: true });
        await limited.close();
      });

      it("counts a login, which keeps the session it came from when it is refused, and not a rotation", async () => {
        const limited = under.open({ clock, maxPerUser: 1, onLimit: "refuse" });
        const { token } = await limited.create({ user: "alice" });
        const anonymous = await limited.create();
        await expect(limited.rotate(anonymous.token, { user: "alice" })).rejects.toMatchObject({
          code: "limit-reached",
        });
        expect(await limited.validate(anonymous.token)).toMatchObject({ ok: true });
        const rotated = await limited.rotate(token, { level: "aal2" });
        expect(rotated.ok).toBe(true);
        expect(rotated.ok && (await limited.rotate(rotated.token, { user: "alice" })).ok).toBe(true);
        await limited.close();
      });

      it.each([
        ["past their deadline", hours(12)],
        ["past their idle window", minutes(30)],
      ])("does not count sessions that are %s", async (_, ms) => {
        const limited = under.open({ clock, maxPerUser: 1, onLimit: "refuse" });
        await limited.create({ user: "alice" });
        clock.advance(ms);
        expect(await limited.create({ user: "alice" })).toMatchObject({ ok: true });
        await limited.close();
      });

      it("counts a login of an anonymous session that was begun on the user's own shard", async () => {
        const shard = createHash("sha256").update("alice").digest();
        const random = (bytes: number) => (bytes === 1 ? shard.subarray(0, 1) : randomBytes(bytes));
        const limited = under.open({ clock, random, maxPerUser: 1 });
        await limited.create({ user: "alice" });
        const anonymous = await limited.create();
        clock.advance(1);
        expect(await limited.rotate(anonymous.token, { user: "alice" })).toMatchObject({ ok: true });
        expect(await limited.listUser("alice")).toHaveLength(1);
        await limited.close();
      });

      it("holds with twenty logins at once", async () => {
        const limited = under.open({ clock, maxPerUser: 3 });
        await Promise.all(Array.from({ length: 20 }, () => limited.create({ user: "alice" })));
        expect(await limited.listUser("alice")).toHaveLength(3);
        await limited.close();
      });
    });

    badInputContract({ store: () => store, clock: () => clock, open: (options) => under.open(options) });

    it("shows no token in anything it hands out but `token` itself", async () => {
      const issued = await store.create({ user: "alice", client: home });
      const rotated = await store.rotate(issued.token);
      const tokens = [issued.token, rotated.ok ? rotated.token : ""];
      const handedOut = [
        issued,
        rotated,
        { ...issued },
        await store.validate(tokens[1] ?? ""),
        await store.listUser("alice"),
      ];
      for (const token of tokens) {
        expect(token).toHaveLength(34);
        for (const part of [token, token.slice(2), token.slice(2, 18)]) {
          expect(inspect(handedOut, { depth: 10, showHidden: true, getters: false })).not.toContain(part);
          expect(JSON.stringify(handedOut)).not.toContain(part);
        }
      }
    });

    it("shows no token in an error", async () => {
      const { token } = await store.create({ data: {} });
      const error: unknown = await store
        .update(token, () => ({ x: "y".repeat(40_000) }))
        .catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(SessctlError);
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(token.slice(2));
    });
  });
}
