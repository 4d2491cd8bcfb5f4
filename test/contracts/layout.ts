import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DirectorySession, SessionDirectory } from "../../src/core/ports.js";
import { layoutNamed } from "../../src/layouts/index.js";
import { idOfKey } from "../../src/layouts/key-id.js";
import { openLayout } from "../../src/redis/open-layout.js";
import { bytesOf, contentOf, type FixtureKey, keyNames, putKeys } from "../helpers/fixture.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import type { ExpectedSession, LayoutCases } from "../layouts/cases/cases.js";

/** What every layout must do, on a real Redis with what its framework writes. */
export function describeLayout(cases: LayoutCases): void {
  const { fixture, foreign, corrupt } = cases;
  const layout = layoutNamed(cases.layout);
  const usualPrefix = cases.prefix ?? layout.keys.prefix;
  const versions = Object.entries(fixture.writtenBy).map((entry) => entry.join(" "));

  describe(`layout ${layout.name}, as written by ${versions.join(", ")}`, () => {
    let redis: TestRedis;
    let directory: SessionDirectory;
    let at: number;
    let expected: readonly ExpectedSession[];

    const open = (prefix: string) =>
      openLayout({
        redis: redis.url,
        commandTimeoutMs: 5000,
        reconnect: false,
        layout,
        prefix,
        mapping: cases.mapping ?? {},
        idleMs: cases.idleMs,
        clock: () => (cases.readAt === "writing" ? fixture.writtenAt : at),
      });
    const idsOf = (sessions: readonly DirectorySession[]) => sessions.map(({ id }) => id).toSorted();

    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());
    beforeEach(async () => {
      await redis.client.flushall();
      at = Date.now();
      expected = cases.sessions(at);
      await putKeys(redis.client, fixture.keys, at);
      directory = open(usualPrefix);
    });
    afterEach(() => directory.close());

    it("tells what its framework wrote, and nothing else", async () => {
      const told = new Map((await walked(directory)).map((session) => [session.id, session]));
      expect(told.size).toBe(expected.length);
      for (const one of expected) {
        // The cookie's settings are the framework's own, the same for every session.
        const { cookie, ...session } = told.get(idOfKey(one.key)) ?? { cookie: undefined };
        expect(session).toEqual(asTold(one, layout.name));
        if (cookie !== undefined) expect(cookie).toHaveProperty("path");
      }
    });

    it("finds sessions by id, by its beginning, by user, and those that are most recent", async () => {
      const all = await walked(directory);
      await directory.close();
      for (const session of all) {
        directory = open(usualPrefix);
        expect(await directory.find(session.id.slice(0, 12))).toEqual([session.id]);
        expect(await directory.get([session.id])).toEqual([session]);
        const alike = all.filter(({ user }) => user === session.user);
        if (session.user !== undefined) expect(idsOf(await directory.byUser(session.user))).toEqual(idsOf(alike));
        await directory.close();
      }
      directory = open(usualPrefix);
      expect(idsOf(await directory.recent(100))).toEqual(idsOf(all));
      expect((await directory.count()).sessions).toBe(all.length);
      expect(await directory.byUser("nobody")).toEqual([]);
      expect(await directory.get(["0".repeat(32)])).toEqual([]);
    });

    it("tells no session's secret", async () => {
      const told = JSON.stringify(await walked(directory));
      for (const one of expected) expect(told).not.toContain(secretOf(one));
    });

    it("leaves out what is no session", async () => {
      const before = await walked(directory);
      await putKeys(redis.client, foreign, at);
      expect(await walked(directory)).toEqual(expect.arrayContaining(before));
      expect(idsOf(await walked(directory))).toEqual(idsOf(before));
    });

    it("reports what cannot be read, with the reason, and ends it when asked to", async () => {
      await redis.client.flushall();
      await putKeys(redis.client, corrupt, at);
      const told = new Map((await walked(directory)).map((session) => [session.id, session]));
      for (const { key, why } of corrupt) {
        expect(told.get(idOfKey(nameOf(key)))).toMatchObject({ corrupt: expect.stringMatching(why), user: undefined });
      }
      expect(told.size).toBe(corrupt.length);
      const changes = await directory.revoke([...told.keys()]);
      expect(changes.every(({ outcome }) => outcome === "revoked")).toBe(true);
      expect(await keyNames(redis.client)).toEqual([]);
    });

    it("ends one session with all that belongs to it, and leaves the others as they were", async () => {
      for (const one of expected) {
        await redis.client.flushall();
        await putKeys(redis.client, [...fixture.keys, ...foreign], at);
        const others = (await walked(directory)).filter(({ id }) => id !== idOfKey(one.key));
        expect(await directory.revoke([idOfKey(one.key)])).toEqual([{ id: idOfKey(one.key), outcome: "revoked" }]);
        expect(await contentOf(redis.client)).not.toContain(secretOf(one));
        expect(await walked(directory)).toEqual(expect.arrayContaining(others));
        expect(await directory.revoke([idOfKey(one.key)])).toEqual([{ id: idOfKey(one.key), outcome: "gone" }]);
      }
    });

    it("leaves nothing when all are ended but what is not theirs", async () => {
      await putKeys(redis.client, foreign, at);
      await directory.revoke(expected.map(({ key }) => idOfKey(key)));
      const left = [...(cases.left ?? []), ...foreign.map(({ key }) => nameOf(key))];
      expect(await keyNames(redis.client)).toEqual(left.toSorted());
    });

    it("brings the end forward, and never moves it back", async () => {
      const ids = expected.map(({ key }) => idOfKey(key));
      const now = cases.readAt === "writing" ? fixture.writtenAt : at;
      // Redis lets go by the system's clock, which a record written long ago is behind.
      const endsAt = Math.max(now, at) + 20_000;
      if (layout.capabilities.expire === "none") {
        await expect(directory.expire(ids, endsAt)).rejects.toThrow("cannot be set");
        return;
      }
      const before = new Map((await walked(directory)).map((session) => [session.id, endOf(session)]));
      const changes = await directory.expire(ids, endsAt);
      for (const { id, outcome } of changes) {
        expect(outcome).toBe((before.get(id) ?? 0) > endsAt ? "expired" : "unchanged");
      }
      for (const session of await walked(directory)) expect(endOf(session)).toBeLessThanOrEqual(endsAt);
      const again = await directory.expire(ids, endsAt + 10_000);
      expect(again.every(({ outcome }) => outcome === "unchanged")).toBe(true);
    });

    it("finds sessions under another prefix, also one with characters of patterns, and no others", async () => {
      const prefix = `a*[x]?\\:${usualPrefix}`;
      const keys = fixture.keys.map((key) => ({ ...key, key: `a*[x]?\\:${nameOf(key.key)}` }));
      await putKeys(redis.client, keys, at);
      const elsewhere = open(prefix);
      expect(idsOf(await walked(elsewhere))).toEqual(expected.map(({ key }) => idOfKey(`a*[x]?\\:${key}`)).toSorted());
      await elsewhere.close();
    });

    it("lives with keys that have become of another type", async () => {
      for (const { key } of expected) {
        await redis.client.del(key);
        await redis.client.zadd(key, 1, "x");
      }
      expect(await walked(directory)).toEqual([]);
    });
  });
}

async function walked(directory: SessionDirectory): Promise<DirectorySession[]> {
  const sessions: DirectorySession[] = [];
  for await (const batch of directory.walk()) sessions.push(...batch);
  return sessions;
}

function asTold({ key, client, ...rest }: ExpectedSession, layout: string): unknown {
  const { secret: _secret, ...told } = rest;
  return {
    ...unknownSession,
    ...told,
    id: idOfKey(key),
    layout,
    idleEndsAt: told.idleEndsAt ?? Infinity,
    sightings: client === undefined ? [] : [{ at: Number.NaN, ip: undefined, userAgent: undefined, ...client }],
    bytes: expect.any(Number),
    data: told.data ?? expect.anything(),
  };
}

const unknownSession = {
  corrupt: undefined,
  user: undefined,
  level: undefined,
  createdAt: undefined,
  authenticatedAt: undefined,
  rotatedAt: undefined,
  lastSeenAt: undefined,
  endsAt: undefined,
};

function secretOf({ key, secret }: ExpectedSession): string {
  return secret ?? key.slice(key.lastIndexOf(":") + 1);
}

function endOf({ idleEndsAt = Infinity, endsAt = Infinity }: DirectorySession): number {
  return Math.min(idleEndsAt, endsAt);
}

function nameOf(key: FixtureKey["key"]): string {
  return bytesOf(key).toString("utf8");
}
