import fc from "fast-check";
import { expect, test } from "vitest";
import { safe, safeJson } from "../../src/core/safe-text.js";

const escaped: readonly (readonly [what: string, text: string, shown: string])[] = [
  ["an escape sequence", "\x1b[31mred", "\\x1b[31mred"],
  ["setting the clipboard (OSC 52)", "\x1b]52;c;aGk=\x07", "\\x1b]52;c;aGk=\\x07"],
  ["line breaks and tabs", "a\r\n\tb", "a\\r\\n\\tb"],
  ["NUL and DEL", "\0\x7f", "\\x00\\x7f"],
  ["C1 controls", "\x9b31m", "\\x9b31m"],
  ["bidi controls", "user\u202Etxt.exe\u2066", "user\\u202etxt.exe\\u2066"],
  ["zero-width characters", "a\u200Bb\u200Dc\uFEFFd", "a\\u200bb\\u200dc\\ufeffd"],
  ["line and paragraph separators", "a\u2028b\u2029c", "a\\u2028b\\u2029c"],
  ["tags", "a\u{E0041}", "a\\u{e0041}"],
  ["variation selectors", "a\uFE0F\u{E0100}", "a\\ufe0f\\u{e0100}"],
  ["Hangul fillers", "a\u3164", "a\\u3164"],
  ["lone surrogates", "a\uD800b\uDC00", "a\\ud800b\\udc00"],
  ["private use", "\uE0A0\u{F0000}", "\\ue0a0\\u{f0000}"],
  ["unassigned code points", "\u0378", "\\u0378"],
  ["a mark without a base", "\u0301a", "\\u0301a"],
  ["a heap of marks", `a${"\u0301".repeat(6)}`, `a${"\u0301".repeat(4)}\\u0301\\u0301`],
];

test.each(escaped)("%s is written out", (_, text, shown) => {
  expect(safe(text)).toBe(shown);
});

test.each(["alice", "CORP\\alice", "Ærøskøbing", "한국어", "日本語", "ภาษาไทย", "e\u0301", "😀", "العربية"])(
  "%s stays as it is",
  (text) => {
    expect(safe(text)).toBe(text);
  },
);

/** Strings made mostly of what must not pass. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 2 }),
    fc.constantFrom("\x1b", "\u202E", "\uD800", "\u0301", "\u{E0041}", "a"),
  ),
});

/** Written apart from the code under test: ranges by number, from the Unicode charts. */
function dangerous(text: string): boolean {
  return [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return (
      code < 0x20 ||
      (code >= 0x7f && code <= 0x9f) ||
      (code >= 0x200b && code <= 0x200f) ||
      (code >= 0x2028 && code <= 0x202e) ||
      (code >= 0x2060 && code <= 0x206f) ||
      (code >= 0xd800 && code <= 0xdfff) ||
      code === 0xfeff ||
      code === 0x061c ||
      (code >= 0xe0000 && code <= 0xe0fff)
    );
  });
}

test("nothing dangerous ever passes, and applying it twice changes nothing", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = safe(text);
      expect(dangerous(shown)).toBe(false);
      expect(safe(shown)).toBe(shown);
    }),
    { numRuns: 2000 },
  );
});

test("JSON is harmless too, and is the same value to a parser", () => {
  fc.assert(
    fc.property(fc.dictionary(hostile, hostile), (value) => {
      const json = safeJson(value);
      expect(dangerous(json)).toBe(false);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 1000 },
  );
});

test("indented JSON keeps its line breaks and escapes those in strings", () => {
  expect(safeJson({ a: "x\n\u202E" }, 2)).toBe('{\n  "a": "x\\n\\u202e"\n}');
});
