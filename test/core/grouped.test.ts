import fc from "fast-check";
import { expect, test } from "vitest";
import { grouped } from "../../src/core/grouped.js";

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [-1000, "-1,000"],
  [999.6, "1,000"],
  [1_204_331, "1,204,331"],
])("%s is %s", (count, text) => {
  expect(grouped(count)).toBe(text);
});

test("every whole number is written as in English", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (count) => {
      expect(grouped(count)).toBe(count.toLocaleString("en"));
    }),
  );
});
