import { describe, expect, test } from "vitest";
import { targetOf } from "../../src/redis/access.js";

describe("the database", () => {
  test.each([
    ["redis://127.0.0.1", undefined, 0],
    ["redis://127.0.0.1", 5, 5],
    ["redis://127.0.0.1/0", 5, 5],
    ["redis://127.0.0.1/2", undefined, 2],
    ["redis://127.0.0.1/2", 0, 2],
    ["redis://127.0.0.1/2", 2, 2],
  ])("of %s with %s beside it is %d", (url, db, expected) => {
    expect(targetOf(url, { db }).db).toBe(expected);
  });

  test("that is another in the URL is a mistake: neither is taken for what was meant", () => {
    expect(() => targetOf("redis://127.0.0.1/2", { db: 5 })).toThrow(
      expect.objectContaining({ code: "invalid-argument", message: expect.stringContaining("database 2") as string }),
    );
  });
});
