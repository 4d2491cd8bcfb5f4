import { describe, expect, it } from "vitest";
import { layouts } from "../../src/layouts/index.js";
import { describeLayout } from "../contracts/layout.js";
import { layoutCases } from "./cases/index.js";

describe("the layouts", () => {
  it("have cases each, and names of their own", () => {
    const names = layouts.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(layoutCases.map(({ layout }) => layout))).toEqual(new Set(names));
  });
});

for (const cases of layoutCases) describeLayout(cases);
