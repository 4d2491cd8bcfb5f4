import fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { cut, widthsThatFit } from "../../../src/cli/formats/fit.js";
import { safe } from "../../../src/core/safe-text.js";

const column = fc.record({
  natural: fc.integer({ min: 1, max: 200 }),
  least: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
});

test("what fits stays as it is", () => {
  expect(widthsThatFit([8, 10, 20], [undefined, 8, 8], 42)).toEqual([8, 10, 20]);
});

test("the widest that may shrink gives way, and only as far as needed", () => {
  expect(widthsThatFit([8, 10, 20], [undefined, 8, 8], 40)).toEqual([8, 10, 18]);
  expect(widthsThatFit([8, 20, 20], [undefined, 8, 8], 36)).toEqual([8, 12, 12]);
});

test("when none can shrink more, columns go from the right", () => {
  expect(widthsThatFit([8, 10, 20], [undefined, undefined, 10], 25)).toEqual([8, 10]);
});

test("a line never exceeds the terminal, and no column its least or its natural width", () => {
  fc.assert(
    fc.property(
      fc.array(column, { minLength: 1, maxLength: 10 }),
      fc.integer({ min: 1, max: 250 }),
      (columns, available) => {
        const widths = widthsThatFit(
          columns.map(({ natural }) => natural),
          columns.map(({ least }) => least),
          available,
        );
        expect(widths.length).toBeGreaterThan(0);
        expect(widths.reduce((sum, width) => sum + width, 2 * (widths.length - 1))).toBeLessThanOrEqual(available);
        if (widths.length === 1) return;
        for (const [n, width] of widths.entries()) {
          const { natural = 0, least } = columns[n] ?? {};
          expect(width).toBeLessThanOrEqual(natural);
          expect(width).toBeGreaterThanOrEqual(Math.min(natural, least ?? natural));
        }
      },
    ),
  );
});

test("text that is cut is exactly as wide as asked, whatever its script, and ends in …", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "語", "한", "😀", "é", "e\u0301", " "), minLength: 1 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), (content, width) => {
      const shown = cut(safe(content), width);
      expect(stringWidth(shown)).toBe(width);
      expect(shown).toContain("…");
    }),
  );
});
