import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lapse, lastSeenAt } from "../../src/core/lifetime.js";

const ms = fc.integer({ min: 0, max: 10_000 });

describe("lapse", () => {
  it("is undefined exactly between creation, deadline and idle end", () => {
    fc.assert(
      fc.property(ms, ms, ms, ms, ms, (createdAt, endsAt, idleEndsAt, cutoff, now) => {
        const valid = createdAt >= cutoff && now < endsAt && now < idleEndsAt;
        expect(lapse({ createdAt, endsAt }, idleEndsAt, cutoff, now) === undefined).toBe(valid);
      }),
    );
  });

  it("once over, stays over as time goes on", () => {
    fc.assert(
      fc.property(ms, ms, ms, ms, ms, (createdAt, endsAt, idleEndsAt, now, later) => {
        fc.pre(lapse({ createdAt, endsAt }, idleEndsAt, 0, now) !== undefined);
        expect(lapse({ createdAt, endsAt }, idleEndsAt, 0, now + later)).toBeDefined();
      }),
    );
  });

  it("says revoked for a session older than the cutoff, even when it has expired too", () => {
    expect(lapse({ createdAt: 1, endsAt: 2 }, 2, 5, 10)).toBe("revoked");
    expect(lapse({ createdAt: 5, endsAt: 20 }, 20, 5, 10)).toBeUndefined();
  });
});

describe("lastSeenAt", () => {
  it("is the end of the idle window less its length, or the last rotation when there is no end", () => {
    expect(lastSeenAt({ idleMs: 30, rotatedAt: 5 }, 100)).toBe(70);
    expect(lastSeenAt({ idleMs: 30, rotatedAt: 5 }, Infinity)).toBe(5);
  });
});
