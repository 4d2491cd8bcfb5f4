import fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { excerptLines } from "../../src/cli/excerpt.js";

const lines = (text: string, at: number, width = 80) => [...excerptLines({ text, at }, width)];

test.each([
  ['user = "x"', 5, ['    user = "x"', "         ^"]],
  ["", 0, ["    ", "    ^"]],
  ["a ||", 4, ["    a ||", "        ^"]],
  // Wide characters, combining ones, and emoji of several take the columns that they take on a screen.
  ['user == "日本" nd', 13, ['    user == "日本" nd', "                   ^"]],
  ['"e\u0301" nd', 5, ['    "é" nd'.normalize("NFD"), "        ^"]],
  ['"\u{1F469}\u200D\u{1F467}" nd', 8, null],
  // What cannot be shown is written out, and counted so.
  ['"a\nb" nd', 6, ['    "a\\nb" nd', "           ^"]],
])("%j at %d", (text, at, expected) => {
  const [line = "", caret = ""] = lines(text, at);
  if (expected !== null) expect([line, caret]).toEqual(expected);
  expect(stringWidth(line)).toBeLessThan(80);
  expect(caret.trim()).toBe("^");
});

test("of a long text the part around the place is shown, and the rest hinted at", () => {
  const text = `${"a".repeat(500)}${"b".repeat(500)}`;
  const [line = "", caret = ""] = lines(text, 500);
  expect(line).toMatch(/^ {4}…a+b+…$/);
  expect(line[caret.indexOf("^")]).toBe("b");
  expect(lines(text, 0)[0]).toMatch(/^ {4}a+…$/);
  expect(lines(text, 1000)[0]).toMatch(/^ {4}…b+$/);
});

test("any text at any place fits any terminal, with the caret inside or right behind it", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.nat(),
      fc.integer({ min: 30, max: 250 }),
      (text, n, width) => {
        const [line = "", caret = ""] = lines(text, n % (text.length + 1), width);
        expect(stringWidth(line)).toBeLessThan(width);
        expect(caret.length).toBeLessThanOrEqual(stringWidth(line) + 1);
      },
    ),
  );
});
