import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { list, type ListQuery } from "../../src/app/list.js";
import { comparison, sortKey, sortKeys } from "../../src/app/sort.js";
import type { DirectorySession, SessionDirectory } from "../../src/core/ports.js";
import { createSessionStore, openDirectory } from "../../src/index.js";
import { testClock } from "../helpers/clock.js";
import { directorySession } from "../helpers/directory-session.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let directory: SessionDirectory;
const clock = testClock();

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.client, clock });
  // One a second, oldest first: user0, user1, user2, user0 …
  for (let n = 0; n < 30; n++) {
    await sessions.create({ user: `user${n % 3}`, level: `aal${n}` });
    clock.advance(1000);
  }
  directory = openDirectory({ redis: redis.client, clock });
});

afterAll(() => redis.stop());

/** The sessions a query gives, by the number each was created with. */
async function numbers(query: ListQuery): Promise<number[]> {
  const found: DirectorySession[] = [];
  for await (const batch of list(directory, query, clock())) found.push(...batch);
  return found.map(({ level }) => Number(level?.slice(3)));
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

test("the most recently active come first", async () => {
  expect(await numbers({ limit: 3 })).toEqual([29, 28, 27]);
});

test("without limit and order they are all there", async () => {
  expect((await numbers({})).toSorted((a, b) => a - b)).toEqual(upTo(30));
});

test("reversed, the longest idle come first", async () => {
  expect(await numbers({ limit: 3, reverse: true })).toEqual([0, 1, 2]);
  expect(await numbers({ reverse: true })).toEqual(upTo(30));
});

test("a user's, in either order", async () => {
  expect(await numbers({ user: "user1", limit: 2 })).toEqual([28, 25]);
  expect(await numbers({ user: "user1", limit: 2, reverse: true })).toEqual([1, 4]);
  expect(await numbers({ user: "nobody" })).toEqual([]);
});

test("only those active in a window, its edge included", async () => {
  // The clock stands one second after the last was created.
  expect(await numbers({ activeMs: 3000, limit: 50 })).toEqual([29, 28, 27]);
  expect(await numbers({ activeMs: 3000, user: "user2" })).toEqual([29]);
  expect(await numbers({ activeMs: 3000 })).toEqual([29, 28, 27]);
});

test("all of those active in a window are there, however many", async () => {
  const total = 20_000;
  const all = Array.from({ length: total }, (_, n) =>
    directorySession({ id: String(n).padStart(32, "0"), lastSeenAt: n === 0 ? undefined : 1e9 - n }),
  );
  const many: Pick<SessionDirectory, "recent" | "walk"> = {
    recent: (limit) => Promise.resolve([...all.slice(1, limit), ...all.slice(0, 1)]),
    async *walk() {
      yield await Promise.resolve(all);
    },
  };
  for (const activeMs of [10, 990, 3990, 15_990, 19_999]) {
    let found = 0;
    for await (const batch of list({ ...directory, ...many }, { activeMs }, 1e9)) found += batch.length;
    expect(found).toBe(activeMs);
  }
});

test.each<[ListQuery, cut: readonly (number | undefined)[]]>([
  [{ limit: 29 }, [30]],
  [{ limit: 30 }, []],
  [{ limit: 29, sort: sortKey("user") }, [30]],
  [{ limit: 30, sort: sortKey("user") }, []],
  [{ limit: 9, user: "user1" }, [10]],
  [{ limit: 10, user: "user1" }, []],
  [{ limit: 2, activeMs: 3000 }, [undefined]],
  [{ limit: 3, activeMs: 3000 }, []],
  [{}, []],
])("%j: what the limit leaves out is told", async (query, expected) => {
  const cuts: (number | undefined)[] = [];
  const events = { onCut: (total: number | undefined) => cuts.push(total) };
  for await (const _ of list(directory, query, clock(), events));
  expect(cuts).toEqual(expected);
});

test("sorted by any key, with and without limit", async () => {
  expect(await numbers({ sort: sortKey("created"), reverse: true, limit: 2 })).toEqual([0, 1]);
  expect(await numbers({ sort: sortKey("ends-at"), limit: 2 })).toEqual([0, 1]);
  expect(await numbers({ sort: sortKey("level") })).toEqual(upTo(30).toSorted((a, b) => (`${a}` < `${b}` ? -1 : 1)));
});

test("a limit over many batches keeps the first of all of them", async () => {
  const total = 5000;
  const many: Pick<SessionDirectory, "walk"> = {
    async *walk() {
      for (let start = 0; start < total; start += 500) {
        yield await Promise.resolve(
          Array.from({ length: 500 }, (_, n) =>
            directorySession({ user: String(((start + n) * 7919) % total).padStart(5, "0") }),
          ),
        );
      }
    },
  };
  const found: DirectorySession[] = [];
  for await (const batch of list({ ...directory, ...many }, { sort: sortKey("user"), limit: 10 }, 0))
    found.push(...batch);
  expect(found.map(({ user }) => Number(user))).toEqual(upTo(10));
});

test("a sort key may be written in several ways, and a wrong one names the right ones", () => {
  for (const name of ["lastSeenAt", "lastseen", "last-seen", "LAST_SEEN_AT"])
    expect(sortKey(name).name).toBe("lastSeenAt");
  expect(() => sortKey("colour")).toThrow(
    expect.objectContaining({ code: "invalid-argument", hint: expect.stringContaining("lastSeenAt, createdAt") }),
  );
});

test("every key orders totally and puts what has no value last, either way round", () => {
  const session = fc
    .record({
      n: fc.nat(3),
      text: fc.option(fc.constantFrom("a", "b"), { nil: undefined }),
      id: fc.stringMatching(/^[0-9a-f]{32}$/),
    })
    .map(({ n, text, id }) =>
      directorySession({
        id,
        user: text,
        level: text,
        lastSeenAt: text === undefined ? undefined : n,
        bytes: text === undefined ? undefined : n,
      }),
    );
  fc.assert(
    fc.property(
      fc.array(session, { maxLength: 20 }),
      fc.constantFrom(...sortKeys),
      fc.boolean(),
      (sessions, key, reverse) => {
        const sorted = sessions.toSorted(comparison(key, reverse));
        const values = sorted.map(key.of);
        const known = values.filter((value) => value !== undefined);
        expect(values.slice(0, known.length)).toEqual(known);
        expect(sessions.toReversed().toSorted(comparison(key, reverse))).toEqual(sorted);
      },
    ),
  );
});
