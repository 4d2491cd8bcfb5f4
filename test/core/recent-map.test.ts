import { expect, it } from "vitest";
import { RecentMap } from "../../src/core/recent-map.js";

it("remembers at least half of its limit, and holds no more than that", () => {
  const map = new RecentMap<number, number>(10);
  for (let n = 0; n < 1000; n++) map.set(n, -n);
  const kept = Array.from({ length: 1000 }, (_, n) => n).filter((n) => map.has(n));
  expect(kept.length).toBeLessThanOrEqual(10);
  expect(kept).toEqual(expect.arrayContaining([995, 996, 997, 998, 999]));
  expect(kept.map((n) => map.get(n))).toEqual(kept.map((n) => -n));
});

it("gives the newest value, and forgets what is deleted in both generations", () => {
  const map = new RecentMap<string, number>(4);
  map.set("a", 1);
  map.set("b", 1);
  map.set("c", 1);
  expect([map.isFresh("a"), map.has("a")]).toEqual([false, true]);
  map.set("a", 2);
  expect([map.isFresh("a"), map.get("a")]).toEqual([true, 2]);
  map.delete("a");
  expect([map.has("a"), map.get("a")]).toEqual([false, undefined]);
});
