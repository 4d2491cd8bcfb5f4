import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { estimateEntropy } from "../../src/audit/entropy.js";
import { IdStatistics } from "../../src/core/id-statistics.js";

const hash = (n: number) => createHash("sha256").update(String(n)).digest();
const of = (make: (n: number) => string, count = 2000, inOrder = true) => {
  const statistics = new IdStatistics();
  for (let n = 0; n < count; n++) statistics.add(make(n), inOrder ? 1_800_000_000_000 + n : undefined);
  return statistics;
};
const hex = (n: number, length: number) => hash(n).toString("hex").slice(0, length);
const base64 = (n: number) => hash(n).toString("base64url").slice(0, 32);

test.each([
  ["128 bits in hexadecimal", of((n) => hex(n, 32)), 128],
  ["192 bits in base64url", of(base64), 192],
  ["32 bits", of((n) => hex(n, 8)), 32],
  ["a constant", of(() => "a".repeat(32)), 0],
])("the entropy of %s is estimated to a bit", (_, ids, bits) => {
  expect(Math.abs(estimateEntropy(ids, 200) - bits)).toBeLessThan(1);
});

test("a counter has little, and is in order; random ids are not", () => {
  const counter = of((n) => String(n).padStart(16, "0"));
  expect(estimateEntropy(counter, 200)).toBeLessThan(16);
  expect(counter.ascendingShare).toBe(1);
  const share = of((n) => hex(n, 32)).ascendingShare ?? 0;
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.6);
});

test("with few ids length and alphabet are judged, and nothing is said of their order", () => {
  const few = of((n) => hex(n, 16), 20);
  expect(estimateEntropy(few, 200)).toBe(64);
  expect(few.ascendingShare).toBeUndefined();
});

test("without times there is no order to tell", () => {
  expect(of((n) => hex(n, 16), 500, false).ascendingShare).toBeUndefined();
});
