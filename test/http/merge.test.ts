import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { merged } from "../../src/http/merge.js";

const json = fc.jsonValue({ maxDepth: 3 });
const fields = fc.dictionary(fc.string({ maxLength: 2 }), json, { maxKeys: 4 });

describe("merging two requests' changes of session data", () => {
  it.each([
    ["different fields", {}, { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ["a field and its neighbour below", { o: { x: 1 } }, { o: { x: 2 } }, { o: { x: 1, y: 3 } }, { o: { x: 2, y: 3 } }],
    ["a removal and a change", { a: 1, b: 1 }, { b: 1 }, { a: 1, b: 2 }, { b: 2 }],
    ["the same change", { a: 1 }, { a: 2 }, { a: 2 }, { a: 2 }],
    ["both beginning an object", {}, { o: { x: 1 } }, { o: { y: 2 } }, { o: { x: 1, y: 2 } }],
  ])("keeps %s", (_, base, mine, theirs, result) => {
    expect(merged(base, mine, theirs)).toEqual(result);
  });

  it.each([
    ["to different values", { a: 0 }, { a: 1 }, { a: 2 }],
    ["which is a list", { a: [1] }, { a: [1, 2] }, { a: [1, 3] }],
    ["by removing it", { a: 0 }, {}, { a: 2 }],
    ["which is new in both", {}, { a: 1 }, { a: 2 }],
  ])("refuses to choose when both changed one field %s", (_, base, mine, theirs) => {
    expect(() => merged(base, mine, theirs)).toThrow(expect.objectContaining({ code: "conflict", statusCode: 409 }));
  });

  it("leaves what only one of them changed as that one left it", () => {
    fc.assert(
      fc.property(fields, fields, (base, changed) => {
        expect(merged(base, changed, base)).toEqual(changed);
        expect(merged(base, base, changed)).toEqual(changed);
      }),
    );
  });

  it("takes a field called __proto__ as a field", () => {
    const evil = JSON.parse('{"__proto__":{"admin":true}}') as object;
    const result = merged({}, { a: 1 }, evil);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(Object.hasOwn(result, "__proto__")).toBe(true);
    expect((result as { admin?: boolean }).admin).toBeUndefined();
  });
});
