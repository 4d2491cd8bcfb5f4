import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  type Client,
  createSessionStore,
  type SessionData,
  SessctlError,
  type SessionStore,
  type StoreOptions,
} from "../../src/index.js";
import type { TestClock } from "../helpers/clock.js";

/** The store under test, and others on the same ground. */
export interface BadInputUnderTest {
  readonly store: () => SessionStore;
  readonly clock: () => TestClock;
  readonly open: (options: StoreOptions) => SessionStore;
}

/** What does something to a terminal or to a reader: controls, an escape sequence, a bidirectional override, a line separator. */
const hostile = "\u001b[2J\u0007\u009b31m\u202egnp.\u2028\r\n\u0000\u007f";
const harmful = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** A value that only a caller without types can pass. */
const untyped = (value: unknown) => value as never;

/** What every store makes of input that is wrong, odd or hostile. */
export function badInputContract({ store, clock, open }: BadInputUnderTest): void {
  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  describe("user names", () => {
    it("of every byte and every character below U+0800 are kept apart", async () => {
      const users = Array.from({ length: 0x100 }, (_, code) => String.fromCodePoint(code));
      // In UTF-8 these hold each byte that a second byte can be.
      users.push(...Array.from({ length: 0x40 }, (_, n) => `x${String.fromCodePoint(0x400 + n)}`));
      await Promise.all(users.map((user) => store().create({ user })));
      const listed = await Promise.all(users.map((user) => store().listUser(user)));
      expect(listed.map((sessions) => sessions.map(({ user }) => user))).toEqual(users.map((user) => [user]));
      expect(await store().sweep()).toBe(0);
      const revoked = await Promise.all(users.map((user) => store().revokeUser(user)));
      expect(revoked).toEqual(users.map(() => 1));
    });

    it.each([
      "{}",
      "{",
      "}{",
      ":",
      "::",
      "user:",
      "*",
      "?",
      "[a-z]",
      "\\*",
      " ",
      "\n",
      "\r\n$3\r\nfoo",
      "a".repeat(1024),
    ])("such as %j are names like any other", async (user) => {
      const { token } = await store().create({ user });
      await store().create({ user: `${user.slice(0, 1000)}x` });
      expect((await store().listUser(user)).map((session) => session.user)).toEqual([user]);
      expect(await store().revokeUser(user)).toBe(1);
      expect(await store().validate(token)).toEqual({ ok: false, reason: "revoked" });
      expect(await store().listUser(`${user.slice(0, 1000)}x`)).toHaveLength(1);
    });

    it("of 10 kB are refused everywhere, with their size", async () => {
      const user = "é".repeat(5000);
      const { token } = await store().create();
      for (const work of [
        store().create({ user }),
        store().rotate(token, { user }),
        store().listUser(user),
        store().revokeUser(user),
      ]) {
        await expect(work).rejects.toMatchObject({
          code: "invalid-argument",
          message: "user is 10000 bytes long; at most 1024 are kept",
        });
      }
      expect(await store().validate(token)).toMatchObject({ ok: true });
    });

    it.each([undefined, null, 7, {}, ["alice"], Symbol("alice"), ""])(
      "that are none, %s, are refused",
      async (user) => {
        await expect(store().listUser(untyped(user))).rejects.toMatchObject({ code: "invalid-argument" });
        await expect(store().revokeUser(untyped(user))).rejects.toMatchObject({ code: "invalid-argument" });
      },
    );
  });

  describe("data", () => {
    it.each<[string, unknown]>([
      ["a cycle", circle()],
      ["a BigInt", { n: { deep: [1n] } }],
      [
        "a toJSON that throws",
        {
          toJSON: () => {
            throw new Error("no");
          },
        },
      ],
    ])("with %s is refused, and the old stays", async (_, data) => {
      await expect(store().create({ data: untyped(data) })).rejects.toMatchObject({ code: "invalid-argument" });
      const { token } = await store().create({ data: { n: 1 } });
      await expect(store().update(token, () => untyped(data))).rejects.toMatchObject({ code: "invalid-argument" });
      expect(await store().validate(token)).toMatchObject({ ok: true, session: { data: { n: 1 } } });
    });

    it("over the limit is refused by its bytes, not its characters, and just at the limit kept", async () => {
      const small = open({ clock: clock(), maxDataBytes: 100 });
      const wide = (count: number) => ({ t: "€".repeat(count) });
      const { token } = await small.create({ data: wide(30) });
      await expect(small.update(token, () => wide(31))).rejects.toMatchObject({
        code: "data-too-large",
        message: "session data is 101 bytes as JSON; maxDataBytes is 100",
      });
      await expect(small.create({ data: wide(31) })).rejects.toMatchObject({ code: "data-too-large" });
      const kept = await small.validate(token);
      expect(kept.ok && kept.session.data).toEqual(wide(30));
      await small.close();
    });

    it("nested a thousand deep comes back whole, and a million deep is refused", async () => {
      const nested = (depth: number) => JSON.parse(`{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`) as SessionData;
      const { token } = await store().create({ data: nested(1000) });
      const check = await store().validate(token);
      expect(check.ok && JSON.stringify(check.session.data)).toBe(JSON.stringify(nested(1000)));
      await expect(store().update(token, () => nested(1_000_000))).rejects.toMatchObject({ code: "invalid-argument" });
    });

    it("of hostile names and text comes back as it was", async () => {
      const data = { [hostile]: hostile, constructor: "x", toString: 1, "": null, "\ud800": "\udfff" };
      const { token } = await store().create({ data });
      const check = await store().validate(token);
      expect(check.ok && check.session.data).toEqual(data);
    });
  });

  describe("clients", () => {
    it.each<[string, unknown, unknown]>([
      ["an address with a port", "203.0.113.7:50123", "203.0.113.9:443"],
      ["an IPv6 address with a zone", "fe80::1%eth0", "fe80::2%wlan0"],
      ["an IPv6 address in brackets, with a port", "[2001:db8::1]:443", "2001:db8::2"],
      ["IPv4 mapped into IPv6", "::ffff:203.0.113.7", "203.0.113.8"],
      ["no address", undefined, undefined],
      ["an empty address", "", undefined],
    ])("with %s are kept as given, and bound by the network that it means", async (_, ip, sameNetwork) => {
      const bound = open({ clock: clock(), binding: { ip: "subnet", userAgent: "off", onMismatch: "refuse" } });
      const { token, session } = await bound.create({ client: untyped({ ip, userAgent: "x" }) });
      expect(session.client).toEqual({ ip: ip === "" ? undefined : ip, userAgent: "x" });
      clock().advance(2000);
      expect(await bound.validate(token, untyped({ ip: sameNetwork, userAgent: "x" }))).toMatchObject({ ok: true });
      expect(await bound.validate(token, { ip: "198.51.100.1" })).toEqual({ ok: false, reason: "mismatch" });
      await bound.close();
    });

    it.each<[string, Partial<Client>]>([
      ["a list of addresses", untyped({ ip: ["203.0.113.7", "x"], userAgent: ["a"] })],
      ["numbers and objects", untyped({ ip: 7, userAgent: {} })],
      ["a megabyte of hostile text", { ip: hostile.repeat(70_000), userAgent: hostile.repeat(70_000) }],
    ])("that are %s never make a request fail", async (_, client) => {
      const { token, session } = await store().create({ client });
      expect(session.client.ip?.length ?? 0).toBeLessThanOrEqual(64);
      expect(session.client.userAgent?.length ?? 0).toBeLessThanOrEqual(1024);
      expect(await store().validate(token, client)).toMatchObject({ ok: true });
    });
  });

  it.each<[string, (token: string) => Promise<unknown>]>([
    ["a user", (token) => store().rotate(token, { user: `\ud800${hostile}` })],
    ["a level", () => store().create({ level: hostile.repeat(20) })],
    ["an idle window", () => store().create({ idleMs: untyped(hostile) })],
    ["an absolute lifetime", () => store().create({ absoluteMs: untyped([hostile]) })],
    ["data", () => store().create({ data: untyped([hostile]) })],
    ["data of a cycle", (token) => store().update(token, () => untyped(circle()))],
    ["a binding", async () => open({ binding: { ip: untyped(hostile) } })],
    ["a limit", async () => open({ maxPerUser: untyped(hostile), onLimit: untyped(hostile) })],
    ["a URL", async () => createSessionStore({ redis: `redis://u:p@${hostile}` })],
    ["a namespace", async () => createSessionStore({ redis: "redis://127.0.0.1:1", namespace: hostile })],
    ["a life of tombstones", async () => open({ tombstoneMs: untyped({ toString: () => hostile }) })],
  ])("an error about %s repeats nothing of it unescaped", async (_, work) => {
    const { token } = await store().create();
    const error = await failureOf(work(token));
    expect(error).toBeInstanceOf(SessctlError);
    const { message, hint, cause } = error as SessctlError;
    expect(message).not.toMatch(harmful);
    expect(hint ?? "").not.toMatch(harmful);
    expect(inspect(cause).replaceAll("\n", "")).not.toMatch(harmful);
  });

  function circle(): Record<string, unknown> {
    const self: Record<string, unknown> = {};
    self[hostile] = { back: self };
    return self;
  }
}
