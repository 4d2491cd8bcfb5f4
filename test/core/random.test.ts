import { expect, it } from "vitest";
import { pooledRandomBytes } from "../../src/core/random.js";

it("hands out every random byte once, over many refills", () => {
  const random = pooledRandomBytes();
  const drawn = Array.from({ length: 2000 }, () => Buffer.from(random(24)).toString("hex"));
  expect(new Set(drawn).size).toBe(2000);
  expect(drawn.every((bytes) => bytes.length === 48 && !/^0+$/.test(bytes))).toBe(true);
});

it("gives as many as it is asked for, and arrays of their own", () => {
  const random = pooledRandomBytes();
  for (const bytes of [0, 1, 24, 4096, 10_000]) expect(random(bytes)).toHaveLength(bytes);
  const first = random(24);
  const before = Buffer.from(first).toString("hex");
  random(24).fill(0);
  expect(Buffer.from(first).toString("hex")).toBe(before);
});
