import { describe, expect, it } from "vitest";
import { boundedCache } from "../../src/clients/bounded-cache.js";

/** A cache that tells how often each key was computed. */
function counted(limit: number): { get: (key: string) => string | undefined; times: Map<string, number> } {
  const times = new Map<string, number>();
  const get = boundedCache(limit, (key) => {
    times.set(key, (times.get(key) ?? 0) + 1);
    return key === "nothing" ? undefined : key.toUpperCase();
  });
  return { get, times };
}

describe("a bounded cache", () => {
  it("computes a value once, an undefined one too", () => {
    const { get, times } = counted(10);
    for (let n = 0; n < 3; n++) expect([get("a"), get("nothing")]).toEqual(["A", undefined]);
    expect(Object.fromEntries(times)).toEqual({ a: 1, nothing: 1 });
  });

  it("forgets what is not used, and keeps what is", () => {
    const { get, times } = counted(10);
    get("unused");
    for (let n = 0; n < 1000; n++) {
      get("used");
      get(`passing ${n}`);
    }
    get("unused");
    expect(times.get("used")).toBe(1);
    expect(times.get("unused")).toBe(2);
  });
});
