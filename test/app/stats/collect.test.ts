import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { collectStats, dimensions } from "../../../src/app/stats/index.js";
import { Ranges } from "../../../src/app/stats/ranges.js";
import { Words } from "../../../src/app/stats/words.js";
import { createClientReader } from "../../../src/clients/reader.js";
import type { DirectorySession, SessionDirectory } from "../../../src/core/ports.js";
import { directorySession } from "../../helpers/directory-session.js";

const now = 10_000_000_000;
const view = { now, reader: createClientReader(), geo: undefined };

/** A directory that holds these sessions, as far as stats ask one. */
function holding(sessions: readonly DirectorySession[]): SessionDirectory {
  const batches = [sessions.slice(0, 3), sessions.slice(3)];
  return { walk: () => batches.values() } as unknown as SessionDirectory;
}

const seenFrom = (ip: string, userAgent: string) => [{ at: 0, ip, userAgent }];
const sessions = [
  directorySession({
    user: "alice",
    createdAt: now - 1000,
    sightings: seenFrom("192.0.2.1", "curl/8.5.0"),
    bytes: 300,
  }),
  directorySession({
    user: "alice",
    createdAt: now - 90_000,
    sightings: seenFrom("192.0.2.9", "curl/8.5.0"),
    bytes: 2000,
  }),
  directorySession({ user: "bob", createdAt: now - 90_000, level: "aal2", idleEndsAt: Infinity, endsAt: Infinity }),
  directorySession({ user: undefined, createdAt: undefined, bytes: undefined }),
  directorySession({ user: undefined, corrupt: "not JSON", createdAt: undefined }),
];

const collect = async (by: string, top = 10) => {
  const chosen = dimensions.filter(({ name }) => name === by);
  return await collectStats(holding(sessions), { criteria: {}, dimensions: chosen, top }, view);
};

test("counts sessions, users, those without one and those that cannot be read", async () => {
  expect(await collect("user")).toMatchObject({ sessions: 5, users: 2, usersCut: false, anonymous: 1, corrupt: 1 });
});

test("counts words, the most frequent first, and what is not told", async () => {
  const { counted } = await collect("user");
  expect(counted).toMatchObject([
    {
      known: 3,
      unknown: 2,
      words: {
        distinct: 2,
        cut: false,
        top: [
          { value: "alice", count: 2 },
          { value: "bob", count: 1 },
        ],
      },
    },
  ]);
  expect((await collect("user", 1)).counted).toMatchObject([{ words: { distinct: 2, top: [{ value: "alice" }] } }]);
  expect((await collect("network")).counted).toMatchObject([
    { known: 2, words: { top: [{ value: "192.0.2.0/24", count: 2 }] } },
  ]);
  expect((await collect("browser")).counted).toMatchObject([{ words: { top: [{ value: "curl", count: 2 }] } }]);
});

test("counts numbers by ranges; what never comes is apart", async () => {
  expect((await collect("age")).counted).toMatchObject([
    {
      known: 3,
      unknown: 2,
      numbers: {
        ranges: [
          { from: 0, to: 60_000, count: 1 },
          { from: 60_000, count: 2 },
        ],
        never: 0,
        least: 1000,
        most: 90_000,
      },
    },
  ]);
  expect((await collect("left")).counted).toMatchObject([{ known: 5, numbers: { never: 1 } }]);
});

test("says what it has no data for", async () => {
  expect((await collect("country")).counted).toMatchObject([
    { known: 0, unknown: 5, lacks: "there is no data on places" },
  ]);
});

test("counts only those that are meant", async () => {
  const query = { criteria: { where: ({ user }: DirectorySession) => user === "bob" }, dimensions, top: 10 };
  const { sessions: count, counted } = await collectStats(holding(sessions), query, view);
  expect(count).toBe(1);
  for (const { known, unknown } of counted) expect(known + unknown).toBe(1);
});

test.each(dimensions)("$name: every session is told or unknown, whatever is in it", async ({ name }) => {
  const odd = fc.option(fc.oneof(fc.double(), fc.integer(), fc.constant(Infinity)), { nil: undefined });
  const any = fc.record({
    user: fc.option(fc.string(), { nil: undefined }),
    createdAt: odd,
    lastSeenAt: odd,
    idleEndsAt: odd,
    endsAt: odd,
    bytes: odd,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(any, { maxLength: 8 }), async (given) => {
      const chosen = dimensions.filter((dimension) => dimension.name === name);
      const all = given.map((one) => directorySession(one));
      const { counted } = await collectStats(holding(all), { criteria: {}, dimensions: chosen, top: 0 }, view);
      for (const one of counted) {
        expect(one.known + one.unknown).toBe(all.length);
        if ("words" in one) expect(one.words.top.reduce((sum, { count }) => sum + count, 0)).toBe(one.known);
        if ("numbers" in one) {
          const inRanges = one.numbers.ranges.reduce((sum, { count }) => sum + count, 0);
          expect(inRanges + one.numbers.never).toBe(one.known);
        }
      }
    }),
    { numRuns: 30 },
  );
});

describe("words", () => {
  it("are counted as by hand, in an order that chance has no part in", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c", "__proto__", "constructor", "")), (list) => {
        const words = new Words();
        for (const word of list) words.add(word);
        const byHand = [...new Set(list)].map((value) => ({
          value,
          count: list.filter((word) => word === value).length,
        }));
        const { top, distinct, cut } = words.top(0);
        expect({ distinct, cut }).toEqual({ distinct: byHand.length, cut: false });
        expect(top).toEqual(byHand.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)));
      }),
    );
  });

  it("beyond the limit are told to be left out, and those before stay exact", () => {
    const words = new Words(2);
    for (const word of ["a", "b", "c", "a", "c", "b", "a"]) words.add(word);
    expect(words.top(0)).toEqual({
      top: [
        { value: "a", count: 3 },
        { value: "b", count: 2 },
      ],
      distinct: 2,
      cut: true,
    });
  });
});

describe("ranges", () => {
  it("begin at their bound and end before the next; empty ones are left out at both ends only", () => {
    const ranges = new Ranges([10, 20, 30]);
    for (const number of [10, 19, 30, 1000]) ranges.add(number);
    expect(ranges.counts()).toEqual({
      ranges: [
        { from: 10, to: 20, count: 2 },
        { from: 20, to: 30, count: 0 },
        { from: 30, to: undefined, count: 2 },
      ],
      never: 0,
      least: 10,
      mean: 264.75,
      most: 1000,
    });
  });

  it("of nothing are none", () => {
    expect(new Ranges([1]).counts()).toEqual({
      ranges: [],
      never: 0,
      least: undefined,
      mean: undefined,
      most: undefined,
    });
  });
});
