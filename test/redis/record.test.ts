import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SessionRecord, Sighting } from "../../src/core/session.js";
import { decodeRecord, encodeRecord, isCorrupt } from "../../src/redis/record.js";

const text = fc.string({ unit: "grapheme", maxLength: 40 });
const ms = fc.integer({ min: 0, max: 4_000_000_000_000 });
const sighting: fc.Arbitrary<Sighting> = fc.record({
  at: ms,
  ip: fc.option(text, { nil: undefined }),
  userAgent: fc.option(text, { nil: undefined }),
});
const record: fc.Arbitrary<SessionRecord> = fc
  .record({
    user: fc.option(text, { nil: undefined }),
    level: fc.option(text, { nil: undefined }),
    createdAt: ms,
    authenticatedAt: fc.option(ms, { nil: undefined }),
    rotatedAt: ms,
    endsAt: ms,
    idleMs: ms,
    sightings: fc.array(sighting, { minLength: 1, maxLength: 16 }),
    data: fc.dictionary(text, fc.jsonValue()),
  })
  .map((raw): SessionRecord => {
    const [first = { at: 0, ip: undefined, userAgent: undefined }, ...later] = raw.sightings;
    // What JSON cannot tell apart (-0 and 0) is settled before it is compared.
    const data = JSON.parse(JSON.stringify(raw.data)) as SessionRecord["data"];
    return { ...raw, sightings: [first, ...later], data };
  });

describe("the stored record", () => {
  it("reads back as it was written", () => {
    fc.assert(
      fc.property(record, (written) => {
        expect(decodeRecord(encodeRecord(written))).toEqual(written);
      }),
    );
  });

  it("never throws on anything else, and says what is wrong", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          record.map((r) => encodeRecord(r).slice(0, -3)),
        ),
        (stored) => {
          const decoded = decodeRecord(stored);
          expect(isCorrupt(decoded) ? decoded.corrupt : "decoded").not.toBe("");
        },
      ),
    );
  });

  it.each([
    ["nothing", "", "not JSON"],
    ["a list", "[]", "not a JSON object"],
    ["a newer version", '{"v":7}', "record version 7, this release reads 1"],
    ["no version", "{}", "no record version"],
    ["a missing deadline", '{"v":1,"i":1,"c":1}', "idle window, deadline or creation is not a number"],
    ["no sightings", '{"v":1,"i":1,"e":1,"c":1,"s":[]}', "sightings are not a list of [ms, ip, user agent]"],
    ["data that is a list", '{"v":1,"i":1,"e":1,"c":1,"s":[[0,null,null]],"d":[]}', "data is not an object"],
    ["a user that is a number", '{"v":1,"i":1,"e":1,"c":1,"u":1}', "user or level is not a string"],
  ])("says what is wrong with %s", (_, stored, why) => {
    expect(decodeRecord(stored)).toEqual({ corrupt: why });
  });

  it("writes a user agent that stays the same only once", () => {
    const same = { at: 1, ip: "a", userAgent: "u".repeat(100) };
    const stored = encodeRecord({
      user: undefined,
      level: undefined,
      createdAt: 0,
      authenticatedAt: undefined,
      rotatedAt: 0,
      endsAt: 1,
      idleMs: 1,
      sightings: [same, { ...same, ip: "b" }, { ...same, ip: "c" }],
      data: {},
    });
    expect(stored.split("uuu".repeat(30))).toHaveLength(2);
  });
});
