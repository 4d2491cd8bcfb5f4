import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { unserializePhp } from "../../../src/layouts/formats/php-serialize.js";
import { readPhpSession } from "../../../src/layouts/formats/php-session.js";
import { unpackLz4, unpackLzf } from "../../../src/layouts/formats/php-compression.js";
import written from "../fixtures/php-values.json" with { type: "json" };
import { expectEveryTruncationRefused, expectOutcomeForAnything, outcome } from "./hostile.js";

const php = Object.fromEntries(Object.entries(written.values).map(([name, hex]) => [name, Buffer.from(hex, "hex")]));
const value = (name: string) => php[name] ?? Buffer.alloc(0);
const person = { $class: "Person", name: "Ada", age: 36, tags: ["x"] };

describe("what PHP's serialize() wrote", () => {
  it("plain values are themselves", () => {
    expect(unserializePhp(value("plain"))).toEqual({
      null: null,
      yes: true,
      no: false,
      int: -7,
      float: 0.1,
      large: 1e25,
      text: 'é"};',
      list: [1, [2]],
      map: { 3: "x" },
      big: "9223372036854775807",
      empty: [],
    });
  });

  it("objects, enums, classes' own formats, bytes and references are told, not built", () => {
    expect(unserializePhp(value("odd"))).toEqual({
      inf: { $opaque: "Infinity" },
      "-inf": { $opaque: "-Infinity" },
      nan: { $opaque: "NaN" },
      bytes: { $bytes: "/wA=" },
      object: person,
      again: { $reference: expect.any(String) as string },
      suit: { $enum: "Suit:Hearts" },
      own: { $custom: "Own" },
      shared: { a: [1, 2], b: { $reference: expect.any(String) as string } },
      first: "s",
      second: "s",
    });
  });

  it("an array that holds itself ends", () => {
    expect(JSON.stringify(unserializePhp(value("loop")))).toContain("$reference");
  });
});

describe("what PHP's session handlers wrote", () => {
  it.each(["php", "php_serialize", "php_binary"])("%s is told by its content and read", (handler) => {
    expect(readPhpSession(value(`session ${handler}`))).toEqual({
      handler,
      variables: {
        user_id: "u1",
        n: 3,
        pipe: "a|b",
        cart: [{ sku: "é" }],
        object: person,
        again: { $reference: expect.any(String) as string },
      },
    });
  });

  it("an empty value is an empty session of whichever handler", () => {
    expect(readPhpSession(Buffer.alloc(0))).toEqual({ handler: undefined, variables: {} });
  });

  it.each(["lzf", "lz4"])("what phpredis compressed with %s is read", (how) => {
    const variables = { user_id: "u1", cart: Array.from({ length: 40 }, () => ({ sku: "é|1", price: 9.5 })) };
    expect(readPhpSession(value(`compressed ${how}`))).toEqual({ handler: "php", variables });
    expect(readPhpSession(value(`compressed ${how}, short`)).variables).toEqual({ user_id: "u1" });
  });

  it("what is compressed or serialised otherwise is called that", () => {
    expect(outcome(readPhpSession, value("compressed zstd"))).toBe("compressed (zstd)");
    expect(outcome(readPhpSession, value("session igbinary"))).toBe("serialised by igbinary");
    expect(outcome(readPhpSession, Buffer.from("0a61", "hex"))).toMatch(/^no PHP session/);
  });
});

describe("hostile values", () => {
  const read = (bytes: Buffer) => unserializePhp(bytes);
  it("a value cut at any byte is undecodable", () => {
    expectEveryTruncationRefused(read, value("odd"));
    for (const handler of ["php_serialize"]) expectEveryTruncationRefused(read, value(`session ${handler}`));
  });

  it("any bytes are a plain value or a reason", () => {
    expectOutcomeForAnything(read, value("odd"));
    for (const handler of ["php", "php_serialize", "php_binary"]) {
      expectOutcomeForAnything((bytes) => readPhpSession(bytes), value(`session ${handler}`));
    }
    for (const [how, unpack] of [
      ["lzf", unpackLzf],
      ["lz4", unpackLz4],
    ] as const) {
      expectOutcomeForAnything((bytes) => readPhpSession(bytes), value(`compressed ${how}`));
      expectOutcomeForAnything((bytes) => unpack(bytes).toString("latin1"), value(`compressed ${how}`));
    }
    expect(outcome(readPhpSession, randomBytes(100_000))).not.toBe("decoded");
  });

  it.each([
    ["a:999999999:{}", /not a PHP|truncated/],
    ['s:999999999:"x";', /truncated/],
    ['s:-1:"x";', /length/],
    ['s:2:"é";x', /after the end/],
    ['s:1:"é";', /where one belongs/],
    ["R:1;", /reference to nothing/],
    ["i:;", /digits/],
    ["b:2;", /boolean/],
    ["i:1;i:2;", /after the end/],
    ["a:1:{a:0:{}i:1;}", /key/],
    ['C:1:"C":99999:{}', /truncated/],
    ['S:1:"\\41";', /not a PHP/],
  ])("%s", (text, reason) => {
    expect(outcome(read, Buffer.from(text))).toMatch(reason);
  });

  it("nesting, counts and sizes end at the limits", () => {
    expect(outcome(read, Buffer.from("a:1:{i:0;".repeat(100_000)))).toMatch(/nested deeper/);
    expect(outcome(read, Buffer.from(`a:200000:{${"i:0;i:0;".repeat(200_000)}}`))).toMatch(/more than 100000 values/);
    expect(outcome(read, Buffer.alloc(50 * 1024 * 1024, "x"))).toMatch(/too large/);
    const bomb = `a:50001:{i:0;s:100000:"${"x".repeat(100_000)}";${"i:1;R:2;".repeat(50_000)}}`;
    expect(outcome(read, Buffer.from(bomb))).toMatch(/too much text/);
  });

  it("what unpacks into too much, or from before its beginning, is refused", () => {
    // 262 bytes of every 3, again and again.
    const lzf = Buffer.concat([Buffer.from("0061", "hex"), Buffer.alloc(60_000, Buffer.from("e0ff00", "hex"))]);
    expect(() => unpackLzf(lzf)).toThrow("unpacks into too much");
    expect(() => unpackLz4(Buffer.from("00ffffffff1061", "hex"))).toThrow("unpacks into too much");
    expect(() => unpackLz4(Buffer.concat([Buffer.from("0000000010f161", "hex"), Buffer.alloc(9999, 255)]))).toThrow(
      "unpacks into too much",
    );
    expect(() => unpackLzf(Buffer.from("2005", "hex"))).toThrow("before its beginning");
    expect(() => unpackLz4(Buffer.from("000500000001610500", "hex"))).toThrow("before its beginning");
  });

  it("a key named __proto__ is a key", () => {
    const value = unserializePhp(Buffer.from('a:1:{s:9:"__proto__";a:1:{s:1:"x";i:1;}}'));
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
