import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { safe } from "../../src/core/safe-text.js";
import { sparkline } from "../../src/tui/sparkline.js";
import { cutTo, fit, fitLine, lineWidth, span, spread, widthOf, wrap } from "../../src/tui/spans.js";

const text = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constant("日本語🎉é".repeat(30)),
  )
  .map(safe);
const cells = fc.integer({ min: 0, max: 80 });

describe("fitting", () => {
  test("a cell is exactly as wide as asked, whatever is in it", () => {
    fc.assert(
      fc.property(text, cells, fc.constantFrom("left", "right"), (given, width, align) => {
        expect(stringWidth(fit(given, width, align))).toBe(width);
      }),
    );
  });

  test("what fits is not touched, what doesn't ends in …", () => {
    expect(fit("alice", 8)).toBe("alice   ");
    expect(fit("alice", 8, "right")).toBe("   alice");
    expect(fit("alice", 5)).toBe("alice");
    expect(fit("alice", 4)).toBe("ali…");
    expect(cutTo("日本語", 5)).toBe("日本…");
    expect(fit("日本語", 4)).toBe("日… ");
    expect(cutTo("x", 0)).toBe("");
  });

  test("a text of a megabyte is cut without being measured whole", () => {
    expect(widthOf(cutTo("日".repeat(1_000_000), 10))).toBe(9);
  });

  test("a line is exactly as wide as asked", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), cells, (texts, width) => {
        expect(
          lineWidth(
            fitLine(
              texts.map((given) => span(given)),
              width,
            ),
          ),
        ).toBe(width);
      }),
    );
  });

  test("spans of one tone become one", () => {
    expect(fitLine([span("a"), span("b"), span("c", "mark")], 4)).toEqual([span("ab"), span("c", "mark"), span(" ")]);
  });

  test("both ends of a line have their place, the left one gives way", () => {
    const line = (width: number) =>
      spread([span("left side")], [span("right")], width)
        .map((part) => part.text)
        .join("");
    expect(line(20)).toBe("left side      right");
    expect(line(10)).toBe("left…right");
    expect(line(4)).toBe("lef…");
  });

  test("wrapping loses nothing but spaces and ends no line outside", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 12, max: 40 }), (given, width) => {
        const lines = wrap(given, width);
        expect(lines.join("").replaceAll(" ", "")).toBe(given.replaceAll(" ", ""));
        expect(lines.every((line) => widthOf(line) <= width)).toBe(true);
      }),
    );
    expect(wrap("They end at once, for good.", 12)).toEqual(["They end at", "once, for", "good."]);
  });
});

describe("sparkline", () => {
  test("goes from nought to the largest, the last values last", () => {
    expect(sparkline([0, 1, 4, 8], 8)).toBe("▁▂▅█");
    expect(sparkline([9, 9, 0, 8], 2)).toBe("▁█");
    expect(sparkline([0, 0], 8)).toBe("▁▁");
    expect(sparkline([], 8)).toBe("");
  });
});
