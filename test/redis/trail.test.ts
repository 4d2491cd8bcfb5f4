import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Trail, TrailRead } from "../../src/core/ports.js";
import type { TrailStep } from "../../src/core/trail.js";
import { openTrail } from "../../src/redis/open-trail.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

const key = "sc:{trail}:trail";
const step: TrailStep = {
  phase: "begin",
  deed: "revoke",
  actor: "alice@host",
  reason: undefined,
  selection: "--user bob",
  layout: "native",
  count: 1,
  ids: ["a3f09c2e".padEnd(32, "0")],
};

let redis: TestRedis;
let trail: Trail;

beforeAll(async () => {
  redis = await startRedis();
  trail = openTrail({ redis: redis.url });
});
afterAll(async () => {
  await trail.close();
  await redis.stop();
});
beforeEach(() => redis.client.flushdb());

const append = async (count: number) => {
  for (let n = 0; n < count; n++) await trail.append(step);
};
const places = async () => (await redis.client.xrange(key, "-", "+")).map(([place]) => place);
const breaks = async (earlier?: string) => (await trail.verify(earlier))?.breaks.map(({ n, what }) => `${n}: ${what}`);

async function all(): Promise<TrailRead[]> {
  const found = [];
  for await (const batch of trail.newestFirst()) found.push(...batch);
  return found;
}

test("without a trail there is nothing to read, and nothing to check", async () => {
  expect(await all()).toEqual([]);
  expect(await trail.after(undefined)).toEqual([]);
  expect(await trail.verify()).toBeUndefined();
  expect(await breaks("f".repeat(64))).toEqual([expect.stringMatching(/^1: no entry has the hash ffffffffffff…/)]);
});

test("what was written is read, newest first or from a place on", async () => {
  await append(2);
  expect(
    await trail.append({
      phase: "end",
      of: 1,
      deed: "revoke",
      actor: "alice@host",
      done: { revoked: 1 },
      left: 0,
      stopped: undefined,
    }),
  ).toBe(3);
  const entries = await all();
  expect(entries.map(({ entry }) => entry?.n)).toEqual([3, 2, 1]);
  expect(entries[2]?.entry).toMatchObject({ ...step, n: 1, at: expect.closeTo(Date.now(), -5) as number });
  expect(entries[0]?.entry).toMatchObject({ phase: "end", of: 1, done: { revoked: 1 } });
  const later = await trail.after(entries[2]?.place);
  expect(later.map(({ entry }) => entry?.n)).toEqual([2, 3]);
  expect(await trail.verify()).toMatchObject({ entries: 3, head: entries[0]?.hash, breaks: [] });
});

test("longer than a page", async () => {
  await append(501);
  expect((await all()).map(({ entry }) => entry?.n)).toEqual(Array.from({ length: 501 }, (_, n) => 501 - n));
  expect(await trail.verify()).toMatchObject({ entries: 501, breaks: [] });
});

describe("verify", () => {
  beforeEach(() => append(5));

  test("finds an entry that was deleted", async () => {
    await redis.client.xdel(key, (await places())[2] ?? "");
    expect(await breaks()).toEqual(["3: its number is 4: entry 3 is missing before it"]);
  });

  test("finds that the beginning was trimmed", async () => {
    await redis.client.xtrim(key, "MAXLEN", 2);
    expect(await breaks()).toEqual(["1: its number is 4: entries 1 to 3 are missing before it"]);
  });

  test("finds that the end was cut, also when others have gone on", async () => {
    await redis.client.xdel(key, ...(await places()).slice(3));
    expect(await breaks()).toEqual([expect.stringMatching(/^4: the end was cut off: 5 entries were added and 3 are/)]);
    await append(1);
    expect(await breaks()).toEqual([expect.stringMatching(/^5: entries were deleted: 6 entries were added and 4 are/)]);
  });

  test("finds that all of it was deleted, one by one; and, with a head that was kept, all at once", async () => {
    const head = (await trail.verify())?.head;
    await redis.client.xdel(key, ...(await places()));
    expect(await breaks()).toEqual([expect.stringMatching(/^1: the end was cut off: 5 entries were added and 0 are/)]);
    await redis.client.del(key);
    expect(await trail.verify()).toBeUndefined();
    expect(await breaks(head)).toEqual([expect.stringContaining("the trail was cut or replaced")]);
  });

  test("finds what others wrote into it, and the chain goes on around it", async () => {
    await redis.client.xadd(key, "*", "junk", "1");
    await append(1);
    expect(await breaks()).toEqual(["6: it is no entry of a trail: its fields are not e and h"]);
    expect((await all()).filter(({ unreadable }) => unreadable !== undefined)).toHaveLength(1);
  });

  test("finds a text that was changed", async () => {
    const [[, fields]] = (await redis.client.xrange(key, "-", "+", "COUNT", 1)) as [[string, string[]]];
    const texts = (await redis.client.xrange(key, "-", "+")).map(([, entry]) => entry);
    await redis.client.del(key);
    for (const [n, [, text = "", , hash = ""]] of texts.entries()) {
      await redis.client.xadd(key, "*", "e", n === 3 ? text.replace("alice", "eve") : text, "h", hash);
    }
    expect(fields[0]).toBe("e");
    expect(await breaks()).toEqual([expect.stringMatching(/^4: its text was changed: /)]);
  });
});

test("operators who write at the same time keep one chain, however it comes", async () => {
  const operators = [trail, openTrail({ redis: redis.url }), openTrail({ redis: redis.url })];
  const steps = fc.array(fc.record({ who: fc.nat(2), wait: fc.boolean() }), { minLength: 2, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      await redis.client.flushdb();
      const numbers: Promise<number>[] = [];
      for (const { who, wait } of plan) {
        const written = operators[who]?.append({ ...step, actor: `operator ${who}` });
        if (written !== undefined) numbers.push(written);
        if (wait) await written;
      }
      const given = (await Promise.all(numbers)).toSorted((a, b) => a - b);
      expect(given).toEqual(plan.map((_, n) => n + 1));
      expect(await trail.verify()).toMatchObject({ entries: plan.length, breaks: [] });
    }),
    { numRuns: 30 },
  );
  for (const other of operators.slice(1)) await other.close();
});

test("out of memory it is written all the same, since then of all times sessions must be ended", async () => {
  await append(1);
  await redis.client.config("SET", "maxmemory", "1");
  try {
    await append(1);
  } finally {
    await redis.client.config("SET", "maxmemory", "0");
  }
  expect(await trail.verify()).toMatchObject({ entries: 2, breaks: [] });
});

test("a key that is something else is told", async () => {
  await redis.client.set(key, "text");
  await expect(trail.append(step)).rejects.toMatchObject({ code: "wrong-type" });
  await expect(trail.verify()).rejects.toMatchObject({ code: "wrong-type" });
});
