import fc from "fast-check";
import { expect, test } from "vitest";
import { wrapped } from "../../src/cli/wrap.js";
import { safe } from "../../src/core/safe-text.js";

test("lines are as long as they can be, and no longer", () => {
  expect(wrapped(safe("the quick brown fox"), 10)).toEqual(["the quick", "brown fox"]);
  expect(wrapped(safe("a veryveryverylong word"), 6)).toEqual(["a", "veryveryverylong", "word"]);
  expect(wrapped(safe(""), 10)).toEqual([""]);
});

test("no word is lost, and only a word by itself is too long", () => {
  const text = fc.array(fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 12 }), { minLength: 1 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 30 }), (words, width) => {
      const lines = wrapped(safe(words.join(" ")), width);
      expect(lines.join(" ")).toBe(words.join(" "));
      for (const line of lines) expect(line.length <= width || !line.includes(" ")).toBe(true);
    }),
  );
});
