import fc from "fast-check";
import { parse } from "jsonc-parser";
import { expect, test } from "vitest";
import { withoutMember } from "../../../src/cli/config/remove-member.js";

test.each([
  ['{"a": 1}', "{}"],
  ['{"a": 1, "b": 2}', '{ "b": 2}'],
  ['{"b": 2, "a": 1}', '{"b": 2 }'],
  ['{"b": 2, "a": 1,}', '{"b": 2 }'],
  ['{\n  "b": 2, // two\n  "a": 1 // one\n}', '{\n  "b": 2 // two\n   // one\n}'],
  ['{\n  "a": 1,\n  // two\n  "b": 2\n}\n', '{\n  // two\n  "b": 2\n}\n'],
  ['{\n  "b": 2,\n  /* , */ "a": 1\n}', '{\n  "b": 2\n  /* , */ \n}'],
  ['{"b": 2}', '{"b": 2}'],
])("%j without a is %j", (text, rest) => {
  expect(withoutMember(text, ["a"])).toBe(rest);
});

test("what is left is what was there without it, in every layout of the text", () => {
  const blanks = fc.constantFrom("", " ", "\n", "\n  ", "/* x */", " // y\n");
  const members = fc.uniqueArray(
    fc.tuple(fc.constantFrom("a", "b", "c", "d"), blanks, fc.constantFrom("", " ", "\n"), blanks),
    {
      selector: ([key]) => key,
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(members, fc.nat(), blanks, (list, n, inner) => {
      const text = `{${list.map(([key, before, between, after]) => `${before}"${key}":${between}${list.length}${after}`).join(",")}${inner}}`;
      const [gone = ""] = list[n % list.length] ?? [];
      const expected = Object.fromEntries(list.filter(([key]) => key !== gone).map(([key]) => [key, list.length]));
      expect(parse(withoutMember(text, [gone]))).toEqual(expected);
      expect(withoutMember(text, [gone]).match(/x|y/g)?.length).toBe(text.match(/x|y/g)?.length);
    }),
  );
});
