import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import stringWidth from "string-width";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
let width: typeof stringWidth;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-width-"));
  const outfile = path.join(folder, "width.mjs");
  const entry = path.resolve(import.meta.dirname, "../../scripts/string-width.mjs");
  await build({ entryPoints: [entry], bundle: true, format: "esm", platform: "node", target: "node20.19", outfile });
  ({ default: width } = (await import(outfile)) as { default: typeof stringWidth });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every character has the width that string-width gives it", () => {
  const different: string[] = [];
  for (let code = 0; code <= 0xffff; code++) {
    const character = String.fromCodePoint(code);
    if (width(character) !== stringWidth(character)) different.push(code.toString(16));
  }
  expect(different).toEqual([]);
});

test("and so has every text, with colours and without", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "\u001b[31m",
      "\u001b[0m",
      "\u001b[38;5;1m",
      "\u001b]8;;x\u0007",
      "é",
      "e\u0301",
      "▸●▲",
      "日本",
      "🎉",
      "\ufe0f",
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const text = pieces.join("");
      expect(width(text)).toBe(stringWidth(text));
    }),
    { numRuns: 500 },
  );
});
