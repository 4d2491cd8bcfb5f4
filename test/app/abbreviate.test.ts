import fc from "fast-check";
import { expect, test } from "vitest";
import { abbreviate } from "../../src/app/abbreviate.js";

const id = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 32, maxLength: 32 });

test("abbreviated ids stay apart, and are no longer than that takes", () => {
  fc.assert(
    fc.property(fc.uniqueArray(id, { maxLength: 12 }), (ids) => {
      const shown = ids.map(abbreviate(ids));
      const length = shown[0]?.length ?? 8;
      expect(new Set(shown).size).toBe(ids.length);
      expect(new Set(shown.map((text) => text.length)).size).toBeLessThan(2);
      if (length > 8) expect(new Set(ids.map((one) => one.slice(0, length - 1))).size).toBeLessThan(ids.length);
    }),
  );
});
