import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { pages } from "../../scripts/docs/pages.js";

const root = path.resolve(import.meta.dirname, "../..");

test.each(Object.entries(pages))("%s is what the program says; `npm run docs` makes it so", async (file, make) => {
  expect(readFileSync(path.join(root, file), "utf8")).toBe(`${await make()}\n`);
});
