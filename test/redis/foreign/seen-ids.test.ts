import fc from "fast-check";
import { expect, test } from "vitest";
import { SeenIds } from "../../../src/redis/foreign/seen-ids.js";

const hex = (length: number) =>
  fc.array(fc.constantFrom(..."0123456789abcdef"), { minLength: length, maxLength: length }).map((all) => all.join(""));

test("tells what was added before as a set of the ids would", () => {
  // Few beginnings, so that parts grow and slots are taken.
  const id = fc.tuple(fc.constantFrom("00", "7f", "ff"), hex(30)).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.array(id, { maxLength: 300 }), fc.array(fc.nat(), { maxLength: 100 }), (ids, again) => {
      const seen = new SeenIds();
      const set = new Set<string>();
      for (const one of [...ids, ...again.map((n) => ids[n % ids.length] ?? "00".repeat(16))]) {
        expect(seen.add(one)).toBe(!set.has(one));
        set.add(one);
      }
    }),
  );
});

test("the smallest and the largest id, and those that differ in one place of the first sixteen", () => {
  const seen = new SeenIds();
  const ids = ["0".repeat(32), "f".repeat(32)];
  for (let at = 0; at < 16; at++) ids.push(`${"0".repeat(at)}8${"0".repeat(31 - at)}`);
  expect(ids.map((id) => seen.add(id))).toEqual(ids.map(() => true));
  expect(ids.map((id) => seen.add(id))).toEqual(ids.map(() => false));
});

test("many ids that begin alike", () => {
  const seen = new SeenIds();
  const id = (n: number) => `ab${n.toString(16).padStart(14, "0")}${"0".repeat(16)}`;
  // Every second one: the last bit of what is compared is not.
  for (let n = 0; n < 20_000; n += 2) expect(seen.add(id(n))).toBe(true);
  for (let n = 0; n < 20_000; n += 2) expect(seen.add(id(n))).toBe(false);
});
