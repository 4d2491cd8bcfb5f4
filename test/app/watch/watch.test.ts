import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createWatch } from "../../../src/app/watch/watch.js";
import { createClientReader } from "../../../src/clients/reader.js";
import type { SessionDirectory, SessionStore } from "../../../src/core/ports.js";
import { createSessionStore, openDirectory } from "../../../src/index.js";
import { minutes, type TestClock, testClock } from "../../helpers/clock.js";
import { startRedis, type TestRedis } from "../../helpers/redis.js";

let redis: TestRedis;
let clock: TestClock;
let sessions: SessionStore;
let directory: SessionDirectory;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

beforeEach(async () => {
  await redis.client.flushall();
  clock = testClock();
  sessions = createSessionStore({ redis: redis.url, clock });
  directory = openDirectory({ redis: redis.url, clock });
  return async () => {
    await sessions.close();
    await directory.close();
  };
});

const watch = () => createWatch(directory, createClientReader(), clock);

describe("a look", () => {
  test("counts all, the recently active and the new, and has the most recent first", async () => {
    await sessions.create({ user: "alice" });
    clock.advance(minutes(4));
    const bob = await sessions.create({ user: "bob" });
    clock.advance(minutes(3));
    await sessions.validate(bob.token);
    clock.advance(1000);
    await sessions.create({ user: "carol" });
    const look = await watch().look({ limit: 500 });
    expect(look).toMatchObject({ at: clock(), sessions: 3, active1m: 2, active5m: 2, limit: 500 });
    expect(look.created1m).toEqual({ count: 1, atLeast: false });
    expect(look.rows.map(({ user }) => user)).toEqual(["carol", "bob", "alice"]);
  });

  test("says when more may be new than it has rows for", async () => {
    for (let n = 0; n < 5; n++) await sessions.create({ user: `user-${n}` });
    const { created1m, rows } = await watch().look({ limit: 3 });
    expect([created1m, rows.length]).toEqual([{ count: 3, atLeast: true }, 3]);
    clock.advance(minutes(2));
    await sessions.create({ user: "late" });
    expect((await watch().look({ limit: 3 })).created1m).toEqual({ count: 1, atLeast: false });
  });

  test("a row has its texts made safe, the client seen last, and the nearer of both ends", async () => {
    const { token, session } = await sessions.create({
      user: "eve\u001b[2J",
      level: "aal\u202e",
      client: { ip: "203.0.113.7", userAgent: "curl/8.5\u0007" },
      idleMs: minutes(10),
      absoluteMs: minutes(5),
    });
    clock.advance(2000);
    await sessions.validate(token, { ip: "198.51.100.1", userAgent: "Wget/1.25" });
    const [row] = (await watch().look({ limit: 500 })).rows;
    expect(row).toMatchObject({
      id: session.id,
      user: "eve\\x1b[2J",
      level: "aal\\u202e",
      ip: "198.51.100.1",
      userAgent: "Wget/1.25",
      client: "Wget 1",
      expiresAt: session.endsAt,
      flags: ["ua", "net"],
    });
    expect(row?.sightings.map(({ userAgent }) => userAgent)).toEqual(["curl/8.5\\x07", "Wget/1.25"]);
    expect(row?.text).toContain("198.51.100.1");
  });

  test("a record that cannot be decoded is a row that says so", async () => {
    const { session } = await sessions.create({ user: "alice" });
    const [key] = await redis.client.keys(`*${session.id}`);
    await redis.client.set(key ?? "", "{not json\u001b", "KEEPTTL");
    const [row] = (await watch().look({ limit: 500 })).rows;
    expect(row?.flags).toEqual(["corrupt"]);
    expect(row?.corrupt).not.toContain("\u001b");
  });
});

describe("one session", () => {
  test("is read by its id; gone is left out", async () => {
    const { token, session } = await sessions.create({ user: "alice" });
    expect((await watch().sessions([session.id]))[0]?.user).toBe("alice");
    await sessions.destroy(token);
    expect(await watch().sessions([session.id])).toEqual([]);
  });
});
