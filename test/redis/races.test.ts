import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionStore, type Issued, openDirectory, type Refusal, type SessionStore } from "../../src/index.js";
import { type Crew, type Done, startCrew } from "../helpers/crew.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** Threads with connections of their own, at the same sessions at the same moment, many times over. */

let redis: TestRedis;
let crew: Crew;
let store: SessionStore;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeAll(async () => {
  crew = await startCrew(4, { redis: redis.url });
});
afterAll(() => crew.stop());
beforeEach(async () => {
  await redis.client.flushall();
  store = createSessionStore({ redis: redis.url });
});
afterEach(() => store.close());

const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));
const issuedOf = (done: readonly (readonly Done[])[]) =>
  done.flat().flatMap(({ value }) => ((value as Issued | undefined)?.ok === true ? [value as Issued] : []));
const valid = async (tokens: readonly string[]) =>
  (await Promise.all(tokens.map((token) => store.validate(token)))).filter(({ ok }) => ok).length;
const keys = (pattern: string) => redis.client.keys(pattern);

describe("update against update", () => {
  it("loses none of 10,000", { timeout: 120_000 }, async () => {
    const { token } = await store.create({ user: "alice", data: { n: 0 } });
    const done = await crew.together(...times(4, () => [["increment", token, 2500] as const]));
    expect(done.flat()).toEqual(times(4, () => ({ value: { done: 2500, failures: [] } })));
    expect(await store.validate(token)).toMatchObject({ ok: true, session: { data: { n: 10_000 } } });
  });
});

describe("update, validation and rotation against logout", () => {
  it("brings nothing back, in 300 rounds", async () => {
    for (let round = 0; round < 300; round++) {
      const { token } = await store.create({ user: "alice", client: { ip: "203.0.113.1" } });
      const done = await crew.together(
        times(3, () => ["increment", token, 2]),
        times(3, (n) => ["validate", token, { ip: `198.51.100.${n}` }]),
        [["destroy", token]],
        [
          ["destroy", token],
          ["increment", token, 3],
        ],
      );
      const destroyed = [done[2]?.[0], done[3]?.[0]].filter((outcome) => outcome?.value === true);
      expect(destroyed).toHaveLength(1);
      expect(await store.validate(token)).toEqual({ ok: false, reason: "logout" });
      expect(await keys("sc:*:session:*")).toEqual([]);
      expect(await keys("sc:*:user:*")).toEqual([]);
      expect(await keys("sc:*:live")).toEqual([]);
      expect(await keys("sc:*:flagged")).toEqual([]);
    }
  });
});

describe("rotate against rotate of one token", () => {
  it.each([
    ["for a new level", {}, { level: "aal2" }],
    ["for a login", undefined, { user: "alice" }],
    ["for a login anew", {}, { user: "alice" }],
  ])("%s: one wins, and one session is valid, in 100 rounds", async (_, before, options) => {
    for (let round = 0; round < 100; round++) {
      const { token } = await store.create(before === undefined ? {} : { user: "alice" });
      const done = await crew.together(...times(4, () => times(3, () => ["rotate", token, options] as const)));
      const winners = issuedOf(done);
      expect(winners).toHaveLength(1);
      for (const { value } of done.flat()) {
        if (!(value as Issued | Refusal).ok) expect(value).toEqual({ ok: false, reason: "rotated" });
      }
      expect((await store.listUser("alice")).map(({ id }) => id)).toEqual([winners[0]?.session.id]);
      expect(await valid([token])).toBe(0);
      expect(await valid(winners.map((winner) => winner.token))).toBe(1);
      expect(await store.revokeUser("alice")).toBe(1);
    }
  });
});

describe("login against revokeUser", () => {
  it("leaves no session that was there before, nor one that came of it, in 150 rounds", async () => {
    for (let round = 0; round < 150; round++) {
      const before = await Promise.all(times(3, () => store.create({ user: "alice" })));
      const visitors = await Promise.all(times(2, () => store.create()));
      const [rotations, logins, creations, revocation] = await crew.together(
        before.map(({ token }, n) => ["rotate", token, n === 0 ? { user: "alice" } : { level: "aal2" }]),
        visitors.map(({ token }) => ["rotate", token, { user: "alice" }]),
        times(2, () => ["create", { user: "alice" }]),
        [["revokeUser", "alice", { reason: "password change" }]],
      );
      expect(revocation?.[0]?.value).toBeGreaterThanOrEqual(3);
      expect(await valid(before.map(({ token }) => token))).toBe(0);
      expect(await valid(issuedOf([rotations ?? []]).map(({ token }) => token))).toBe(0);
      // Who logged in meanwhile did so before the revocation or after it: then the session is whole, or gone without a trace.
      const late = issuedOf([logins ?? [], creations ?? []]);
      expect(late).toHaveLength(4);
      const listed = (await store.listUser("alice")).map(({ id }) => id);
      for (const { token, session } of late) expect(await valid([token])).toBe(listed.includes(session.id) ? 1 : 0);
      expect(await store.revokeUser("alice")).toBe(listed.length);
      expect(await valid(late.map(({ token }) => token))).toBe(0);
      expect(await keys("sc:*:session:*")).toEqual([]);
      expect(await keys("sc:*:user:*")).toEqual([]);
    }
  });
});

describe("create against maxPerUser, from 20 writers", () => {
  it.each(["revoke-oldest", "refuse"] as const)(
    "never exceeds it: %s, in 30 rounds",
    { timeout: 60_000 },
    async (onLimit) => {
      const limited = await startCrew(4, { redis: redis.url, maxPerUser: 3, onLimit });
      try {
        for (let round = 0; round < 30; round++) {
          const visitors = await Promise.all(times(8, () => store.create()));
          const done = await limited.together(
            ...times(4, (thread) => [
              ...times(3, () => ["create", { user: "alice" }] as const),
              ...times(2, (n) => ["rotate", visitors[2 * thread + n]?.token, { user: "alice" }] as const),
            ]),
          );
          const issued = issuedOf(done);
          const refused = done.flat().filter(({ error }) => error === "limit-reached");
          expect(issued.length + refused.length).toBe(20);
          expect(issued.length).toBe(onLimit === "refuse" ? 3 : 20);
          expect(await valid(issued.map(({ token }) => token))).toBe(3);
          expect(await store.listUser("alice")).toHaveLength(3);
          expect(await store.revokeUser("alice")).toBe(3);
        }
      } finally {
        await limited.stop();
      }
    },
  );
});

describe("validate against cutoff", () => {
  it("accepts no session again that was refused, nor any once the cutoff is done, in 20 rounds", async () => {
    const directory = openDirectory({ redis: redis.url });
    for (let round = 0; round < 20; round++) {
      const issued = await Promise.all(times(12, (n) => store.create({ user: `user-${n}` })));
      await wait(2);
      const watching = crew.together(
        ...times(4, (thread) =>
          issued.slice(3 * thread, 3 * thread + 3).map(({ token }) => ["watch", token, 60] as const),
        ),
      );
      await wait(5);
      await directory.cutoff(Date.now());
      const doneAt = Date.now();
      for (const { value } of (await watching).flat()) {
        const answers = value as { answer: string; startedAt: number }[];
        const firstRefusal = answers.findIndex(({ answer }) => answer !== "ok");
        const refusals = firstRefusal === -1 ? [] : answers.slice(firstRefusal);
        for (const { answer } of refusals) expect(answer).toBe("revoked");
        for (const { answer, startedAt } of answers) if (startedAt > doneAt) expect(answer).toBe("revoked");
      }
      expect(await valid(issued.map(({ token }) => token))).toBe(0);
      await store.sweep();
      expect(await keys("sc:*:session:*")).toEqual([]);
    }
    await directory.close();
  });
});
