import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fill, type LiveSession } from "../../src/demo/fill.js";
import type { SessionPlan } from "../../src/demo/plan.js";
import { population } from "../../src/demo/population.js";
import { startTraffic } from "../../src/demo/traffic.js";
import { openDirectory, type SessionDirectory } from "../../src/index.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let directory: SessionDirectory;
let plans: readonly SessionPlan[];
let live: readonly LiveSession[];
const now = Date.now();

beforeAll(async () => {
  redis = await startRedis();
  directory = openDirectory({ redis: redis.url });
  plans = population({ users: 60, anonymous: 20 });
  live = await fill(redis.url, plans, { clock: () => now });
});
afterAll(async () => {
  await directory.close();
  await redis.stop();
});

async function stored() {
  const sessions = await directory.get(live.map(({ id }) => id));
  return new Map(sessions.map((session) => [session.id, session]));
}

describe("a filled Redis", () => {
  test("has every session of the plan", async () => {
    expect(live.length).toBe(plans.length);
    const living = live.filter(({ hasEnded }) => !hasEnded).length;
    expect(living).toBe(plans.length - 1);
    expect((await stored()).size).toBe(living);
    const counts = await directory.count([now - 60_000]);
    expect(counts.sessions).toBe(living);
    expect(counts.activeSince[0]).toBeGreaterThan(0);
    expect(counts.flagged).toBeGreaterThan(0);
  });

  test("has them as old, as idle and of as many clients as planned", async () => {
    const sessions = await stored();
    const stolen = live.filter(({ takeover }) => takeover === "stranger" || takeover === "tool");
    expect(stolen.length).toBe(8);
    for (const { id, user } of stolen) {
      const session = sessions.get(id);
      const plan = plans.find((candidate) => candidate.takeover !== undefined && candidate.user === user);
      expect(session?.createdAt).toBe(Math.round(now - (plan?.createdAgo ?? 0)));
      expect(session?.lastSeenAt).toBe(Math.round(now - (plan?.steps.at(-1)?.ago ?? 0)));
      expect(session?.sightings.map(({ ip }) => ip)).toContain(plan?.steps.at(-1)?.client.ip);
      expect(session?.sightings.length).toBeGreaterThanOrEqual(2);
    }
  });

  test("has stepped-up sessions, with their level and the idle window that goes with it", async () => {
    const steppedUp = [...(await stored()).values()].filter(({ level }) => level === "aal2");
    expect(steppedUp.length).toBeGreaterThan(0);
    for (const { rotatedAt, createdAt, idleEndsAt, lastSeenAt } of steppedUp) {
      expect(rotatedAt).toBeGreaterThan(createdAt ?? Infinity);
      expect((idleEndsAt ?? 0) - (lastSeenAt ?? 0)).toBe(30 * 60_000);
    }
  });

  test("ends filling at once when it is told to", async () => {
    const stop = new Error("enough");
    const check = () => {
      throw stop;
    };
    await expect(fill(redis.url, plans, { check })).rejects.toBe(stop);
  });
});

describe("live traffic", () => {
  test("goes on using the sessions, the stolen ones too, and new ones come", async () => {
    const ids = new Set(live.map(({ id }) => id));
    const started = Date.now();
    const traffic = startTraffic(redis.url, live);
    try {
      await expect
        .poll(
          async () => {
            const recent = await directory.recent(200);
            const used = recent.filter(({ lastSeenAt }) => (lastSeenAt ?? 0) >= started);
            const stolen = used.filter(({ id }) => live.some((one) => one.id === id && one.takeover !== undefined));
            return { used: used.length > 10, stolen: stolen.length > 0, fresh: used.some(({ id }) => !ids.has(id)) };
          },
          { timeout: 25_000, interval: 100 },
        )
        .toEqual({ used: true, stolen: true, fresh: true });
    } finally {
      await traffic.stop();
    }
  });

  test("does not bring back the sessions that an operator has ended", async () => {
    const ended = live.slice(0, 10);
    const others = live.slice(10, 14);
    const ids = ended.map(({ id }) => id);
    await directory.revoke(ids);
    const traffic = startTraffic(redis.url, [...ended, ...others]);
    try {
      // Every visitor is tried before long, four in five of them by a request, which the store tells as a replay.
      const refused = async () => {
        const events = await directory.events();
        return new Set(events.filter(({ type, id }) => type === "replayed" && ids.includes(id)).map(({ id }) => id))
          .size;
      };
      await expect.poll(refused, { timeout: 25_000, interval: 100 }).toBeGreaterThanOrEqual(4);
    } finally {
      await traffic.stop();
    }
    expect(await directory.get(ids)).toEqual([]);
  });
});
