import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChainCheck, type ChainCounters, type ChainReport, type StoredEntry } from "../../src/core/trail-chain.js";
import { noHash, readEntry, sealEntry, type TrailStep } from "../../src/core/trail.js";

const step: TrailStep = {
  phase: "begin",
  deed: "revoke",
  actor: "alice@host",
  reason: "lost phone",
  selection: "--user bob",
  layout: "native",
  count: 2,
  ids: ["a3f09c2e".padEnd(32, "0")],
};

function chain(length: number): StoredEntry[] {
  const entries: StoredEntry[] = [];
  let previous = noHash;
  for (let n = 1; n <= length; n++) {
    const { text, hash } = sealEntry({ ...step, n, previous, at: 1000 * n });
    entries.push({ place: `${1000 * n}-0`, text, hash });
    previous = hash;
  }
  return entries;
}

function checked(entries: readonly StoredEntry[], counters?: Partial<ChainCounters>, earlier?: string): ChainReport {
  const check = new ChainCheck(earlier);
  for (const entry of entries) check.add(entry);
  return check.end({ added: entries.length, deletedUpTo: undefined, ...counters });
}

const found = (report: ChainReport) => report.breaks.map(({ n, place, what }) => `${n} ${place ?? "-"} ${what}`);

test("a chain as it was written is whole, and names its head", () => {
  const entries = chain(5);
  expect(checked(entries)).toEqual({
    entries: 5,
    head: entries[4]?.hash,
    headAt: 5000,
    breaks: [],
    unfinished: expect.any(Array),
  });
  expect(checked([])).toEqual({ entries: 0, head: noHash, headAt: undefined, breaks: [], unfinished: [] });
});

test("beginnings without an end are named", () => {
  const began = {
    ...step,
    phase: "begin",
    reason: undefined,
    selection: undefined,
    layout: "native",
    count: 1,
    ids: [],
  } as const;
  const ended = { phase: "end", deed: step.deed, actor: step.actor, done: {}, left: 0, stopped: undefined } as const;
  const steps: TrailStep[] = [began, began, { ...ended, of: 1 }];
  const check = new ChainCheck();
  let previous = noHash;
  for (const [n, each] of steps.entries()) {
    const sealed = sealEntry({ ...each, n: n + 1, previous, at: 1000 * n });
    previous = sealed.hash;
    check.add({ place: `${n}-1`, ...sealed });
  }
  const { deed, actor } = step;
  expect(check.end({ added: 3, deletedUpTo: undefined })).toMatchObject({
    breaks: [],
    unfinished: [{ n: 2, at: 1000, deed, actor }],
  });
});

describe("what was changed is told with its place:", () => {
  test("a text", () => {
    const entries = chain(5);
    const text = entries[2]?.text?.replace("alice", "mallory");
    expect(found(checked(entries.with(2, { ...entries[2], place: "3000-0", text, hash: entries[2]?.hash })))).toEqual([
      expect.stringMatching(/^3 3000-0 its text was changed: its hash is [0-9a-f]{12}… and not [0-9a-f]{12}…/),
    ]);
  });

  test("a text and its hash: the next one gives it away", () => {
    const entries = chain(5);
    const forged = sealEntry({ ...step, actor: "mallory", n: 3, previous: entries[1]?.hash ?? "", at: 3000 });
    expect(found(checked(entries.with(2, { place: "3000-0", ...forged })))).toEqual([
      expect.stringMatching(/^4 4000-0 it follows an entry with the hash .*, and the one before has /),
    ]);
  });

  test("an entry that is missing in the middle", () => {
    const report = checked(chain(5).toSpliced(2, 1), { added: 5, deletedUpTo: "3000-0" });
    expect(found(report)).toEqual(["3 4000-0 its number is 4: entry 3 is missing before it"]);
  });

  test("the beginning", () => {
    expect(found(checked(chain(5).slice(3), { added: 5 }))).toEqual([
      "1 4000-0 its number is 4: entries 1 to 3 are missing before it",
    ]);
  });

  test("the end, by what Redis counts", () => {
    expect(found(checked(chain(5).slice(0, 3), { added: 5, deletedUpTo: "5000-0" }))).toEqual([
      "4 5000-0 the end was cut off: 5 entries were added and 3 are there; the last that was deleted was at 5000-0",
    ]);
  });

  test("the end, after which others went on as if nothing had been", () => {
    const cut = chain(3);
    const more = sealEntry({ ...step, n: 4, previous: cut[2]?.hash ?? "", at: 9000 });
    expect(found(checked([...cut, { place: "9000-0", ...more }], { added: 6, deletedUpTo: "5000-0" }))).toEqual([
      "5 5000-0 entries were deleted: 6 entries were added and 4 are there; the last that was deleted was at 5000-0",
    ]);
  });

  test("everything", () => {
    expect(found(checked([], { added: 5, deletedUpTo: "5000-0" }))).toEqual([
      "1 5000-0 the end was cut off: 5 entries were added and 0 are there; the last that was deleted was at 5000-0",
    ]);
  });

  test("two that changed places", () => {
    const entries = chain(4);
    const [a, b, c, d] = entries as [StoredEntry, StoredEntry, StoredEntry, StoredEntry];
    expect(found(checked([a, { ...c, place: "2000-0" }, { ...b, place: "3000-0" }, d])).length).toBeGreaterThan(1);
  });

  test("something else that somebody put there", () => {
    const entries = chain(3);
    const junk = { place: "1500-0", text: undefined, hash: undefined };
    expect(found(checked(entries.toSpliced(1, 0, junk)))).toEqual([
      "2 1500-0 it is no entry of a trail: its fields are not e and h",
    ]);
  });

  test("a whole chain of another hand, by a head that was kept elsewhere", () => {
    const entries = chain(3);
    const kept = entries[1]?.hash ?? "";
    expect(checked(entries, {}, kept).breaks).toEqual([]);
    const replaced = sealEntry({ ...step, actor: "mallory", n: 1, previous: noHash, at: 1000 });
    expect(found(checked([{ place: "1000-0", ...replaced }], {}, kept))).toEqual([
      expect.stringMatching(/^2 - no entry has the hash [0-9a-f]{12}….*: the trail was cut or replaced$/),
    ]);
  });
});

test("any single change of any chain is seen", () => {
  const anyChange = fc.constantFrom("drop", "edit", "forge", "repeat", "swap");
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), anyChange, (length, where, change) => {
      const entries = chain(length);
      const at = where % (length - 1);
      const [one, next] = entries.slice(at, at + 2) as [StoredEntry, StoredEntry];
      const edited = one.text?.replace("bob", "eve") ?? "";
      const changed = {
        drop: entries.toSpliced(at, 1),
        edit: entries.with(at, { ...one, text: edited }),
        forge: entries.with(at, { ...one, ...sealEntry({ ...step, n: at + 1, previous: noHash, at: 7 }) }),
        repeat: entries.toSpliced(at, 0, one),
        swap: entries.toSpliced(at, 2, { ...next, place: one.place }, { ...one, place: next.place }),
      }[change];
      expect(checked(changed).breaks).not.toEqual([]);
    }),
  );
});

test("what is written reads the same, whatever is in it", () => {
  const text = fc.string({ unit: "binary", maxLength: 40 });
  fc.assert(
    fc.property(text, text, text, fc.nat(), (actor, reason, selection, at) => {
      const entry = { ...step, actor, reason, selection, n: 1, previous: noHash, at } as const;
      const sealed = sealEntry(entry);
      expect(readEntry(sealed.text)).toEqual({ ...entry, endsAt: undefined, cutoff: undefined });
      expect(checked([{ place: "1-0", ...sealed }]).breaks).toEqual([]);
    }),
  );
});

test("what is too long is cut, and the count tells how many there were", () => {
  const ids = Array.from({ length: 5000 }, (_, n) => String(n).padStart(32, "0"));
  const { text } = sealEntry({ ...step, reason: "x".repeat(5000), ids, count: 5000, n: 1, previous: noHash, at: 1 });
  expect(text.length).toBeLessThan(6000);
  expect(readEntry(text)).toMatchObject({ count: 5000, ids: ids.slice(0, 100), reason: `${"x".repeat(1000)}…` });
});

test.each([["null"], ["[]"], ["{"], ['{"v":2,"n":1}'], ['{"v":1,"n":1,"at":1,"prev":"","do":"dance"}']])(
  "%s is no entry, and says why",
  (text) => expect(readEntry(text)).toEqual(expect.any(String)),
);
