import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readMsgpack } from "../../../src/layouts/formats/msgpack.js";
import written from "../fixtures/python-values.json" with { type: "json" };
import { expectEveryTruncationRefused, expectOutcomeForAnything, outcome } from "./hostile.js";

const packed = Buffer.from(written.values.msgpack, "hex");
const read = (bytes: Buffer) => readMsgpack(bytes);

describe("MessagePack", () => {
  it("what Python's msgpack packed is what it was", () => {
    expect(read(packed)).toEqual({
      _permanent: true,
      user_id: "u1",
      numbers: [1, -1, -200, -70000, -(2 ** 40), 255, 65535, 65536, 2 ** 40, "18446744073709551615", 1.5],
      bytes: { $bytes: "AP8=" },
      none: null,
      long: "é".repeat(40),
      list: Array.from({ length: 20 }, (_, index) => index),
      map: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [String(index), index])),
      when: { $opaque: "timestamp" },
      ext: { $opaque: "extension 5" },
    });
  });

  it("a value cut at any byte is undecodable", () => {
    expectEveryTruncationRefused(read, packed);
  });

  it("any bytes are a plain value or a reason", () => {
    expectOutcomeForAnything(read, packed);
  });

  it.each([
    ["an array of 4 billion", "ddffffffff", /truncated/],
    ["a map of 4 billion", "dfffffffff", /truncated/],
    ["a text of 4 GiB", "dbffffffff", /truncated/],
    ["a key that is a list", "819001", /no text/],
    ["the byte that is never used", "c1", /not MessagePack/],
    ["more after the end", "0101", /after the end/],
  ])("%s", (_, hex, reason) => {
    expect(outcome(read, Buffer.from(hex, "hex"))).toMatch(reason);
  });

  it("nesting, counts and sizes end at the limits", () => {
    expect(outcome(read, Buffer.alloc(100_000, 0x91))).toMatch(/nested deeper/);
    expect(outcome(read, Buffer.concat([Buffer.from("dd00030d40", "hex"), Buffer.alloc(200_000)]))).toMatch(
      /more than/,
    );
    expect(outcome(read, Buffer.alloc(50 * 1024 * 1024))).toMatch(/too large/);
    expect(outcome(read, randomBytes(100_000))).not.toBe("decoded");
  });
});
