import { describe, expect, test } from "vitest";
import { safe } from "../../src/core/safe-text.js";
import { arrange } from "../../src/tui/arrange.js";
import { bytesText } from "../../src/tui/columns/column.js";
import { placeColumns } from "../../src/tui/columns/place.js";
import { sessionColumns } from "../../src/tui/columns/sessions.js";
import { noFilter } from "../../src/tui/pages.js";
import { noon, row } from "./driving.js";

const placed = (width: number) => placeColumns(sessionColumns, width).map(({ column }) => column.title);

describe("placing", () => {
  test("narrow lines keep what matters most, wide ones have all", () => {
    expect(placed(57)).toEqual(["ID", "USER", "IP", "IDLE", "FLAGS"]);
    expect(placed(77)).toEqual(["ID", "USER", "IP", "CLIENT", "IDLE", "LEFT", "FLAGS"]);
    expect(placed(247)).toEqual(sessionColumns.map(({ title }) => title));
  });

  test("the columns fill the line and no more, each between its least and its most", () => {
    for (let width = 57; width <= 400; width++) {
      const all = placeColumns(sessionColumns, width);
      const used = all.reduce((sum, place) => sum + place.width + 1, -1);
      expect(used).toBeLessThanOrEqual(width);
      expect(all.every((place) => place.width >= place.column.min && place.width <= place.column.max)).toBe(true);
    }
    expect(placeColumns(sessionColumns, 247).reduce((sum, { width }) => sum + width + 1, -1)).toBe(247);
  });
});

describe("columns", () => {
  test("every one can be sorted by, in both directions, with what has no value last", () => {
    const rows = [
      row("aaaa", {
        user: "bob",
        level: "aal1",
        bytes: 10,
        sightings: [{ at: noon, ip: "203.0.113.7", userAgent: "curl/8" }],
      }),
      row("bbbb", {
        user: "alice",
        level: "aal2",
        bytes: 20,
        createdAt: noon,
        lastSeenAt: noon + 1,
        endsAt: noon + 1,
        sightings: [
          { at: noon, ip: "203.0.113.7", userAgent: "curl/8" },
          { at: noon, ip: "198.51.100.7", userAgent: "Wget/1.25" },
        ],
      }),
    ].map((each, n) => ({ ...each, country: safe(n === 0 ? "NO" : "DE") }));
    const empty = row("cccc", {
      user: undefined,
      bytes: undefined,
      createdAt: undefined,
      lastSeenAt: undefined,
      idleEndsAt: undefined,
      endsAt: undefined,
    });
    // By recency rows stand as they are given.
    for (const { id, value } of sessionColumns.filter(({ id: column }) => column !== "idle")) {
      const order = (inverted: boolean) =>
        arrange([...rows, empty], noFilter, { column: id, inverted }, noon).map((each) => each.id[0]);
      const known = rows.filter((each) => value(each) !== undefined).length;
      expect(known).toBeGreaterThan(0);
      if (value(empty) === undefined) expect([order(false)[2], order(true).indexOf("c") >= known]).toEqual(["c", true]);
      if (known === 2)
        expect(order(false).filter((at) => at !== "c")).toEqual(
          order(true)
            .filter((at) => at !== "c")
            .toReversed(),
        );
    }
  });

  test("sizes take six cells at most", () => {
    expect([0, 999, 1000, 1234, 99_950, 999_499, 1_500_000].map(bytesText)).toEqual([
      "0 B",
      "999 B",
      "1k",
      "1.23k",
      "100k",
      "999k",
      "1.50M",
    ]);
  });
});
