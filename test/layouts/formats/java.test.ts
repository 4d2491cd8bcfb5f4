import { describe, expect, it } from "vitest";
import { readJava } from "../../../src/layouts/formats/java-serialize.js";
import written from "../fixtures/java-values.json" with { type: "json" };
import { expectEveryTruncationRefused, expectOutcomeForAnything, outcome } from "./hostile.js";

const java: Readonly<Record<string, string>> = written.values;
const value = (name: string) => Buffer.from(java[name] ?? "", "hex");
const read = (bytes: Buffer) => readJava(bytes);
const stream = (hex: string) => Buffer.from(`aced0005${hex}`, "hex");

describe("what the JDK's ObjectOutputStream wrote", () => {
  it.each([
    ["Long", 1767225600000],
    ["Integer", 1800],
    ["negative Integer", -1],
    ["String", "u1"],
    ["Boolean", true],
    ["Double", 9.5],
    ["null", null],
    ["ArrayList", ["a", 1]],
    ["List.of", ["a", 1]],
    ["HashMap", { é: 1 }],
    ["LinkedHashMap", { a: [true] }],
  ])("%s is its value", (name, expected) => {
    expect(read(value(name))).toEqual(expected);
  });

  it("an object is its fields, an enum constant its name, and what is circular a reference", () => {
    expect(read(value("object"))).toEqual({
      $class: "WriteFixtures$Cart",
      items: 3,
      cents: 950,
      rate: 0.5,
      bytes: { $bytes: "AQI=" },
      names: ["a", "b"],
      self: { $reference: expect.any(String) as string },
      size: { $enum: "WriteFixtures$Size:LARGE" },
    });
  });

  it("a security context is readable down to the user and the address", () => {
    expect(read(value("security context"))).toMatchObject({
      $class: "org.springframework.security.core.context.SecurityContextImpl",
      authentication: {
        authenticated: true,
        authorities: [{ role: "ROLE_USER" }, { role: "ROLE_ADMIN" }],
        credentials: null,
        details: { remoteAddress: "192.0.2.7" },
        principal: { username: "u1", password: null, enabled: true, authorities: [{}, {}] },
      },
    });
  });

  it("text of the JDK's own UTF-8 is text: U+0000 in two bytes, an emoji as two times three, long ones too", () => {
    expect(read(stream("740002c080"))).toBe("\0");
    expect(read(stream("740006eda0bdedb880"))).toBe("😀");
    expect(read(Buffer.concat([stream("7c0000000000011170"), Buffer.alloc(70_000, "x")]))).toBe("x".repeat(70_000));
  });
});

describe("hostile streams", () => {
  it("cut at any byte are undecodable", () => {
    for (const name of ["Long", "HashMap", "object", "security context"])
      expectEveryTruncationRefused(read, value(name));
  });

  it("any bytes are a plain value or a reason", () => {
    expectOutcomeForAnything(read, value("object"));
    expectOutcomeForAnything(read, value("security context"));
  });

  it.each([
    ["a stream within", "aced0005", /don't need/],
    ["an array of 2 GiB", `757200025b42${"00".repeat(8)}02000078707fffffff`, /truncated/],
    ["an array of -1", `757200025b42${"00".repeat(8)}0200007870ffffffff`, /truncated/],
    ["a text of 2^63 bytes", "7c7fffffffffffffff", /truncated/],
    ["a text that is not UTF-8", "740001ff", /UTF-8/],
    ["a reference to nothing", "71007e0000", /reference to nothing/],
    ["a reference far out", "7100000000", /reference to nothing/],
    ["a proxy", "737d", /no class/],
    ["a reset", "79", /don't need/],
    ["an exception", "7b", /don't need/],
    ["an object without a class", "7370", /without a class/],
    ["more after the end", "7070", /after the end/],
  ])("%s", (_, hex, reason) => {
    expect(outcome(read, stream(hex))).toMatch(reason);
  });

  it("nesting, counts and sizes end at the limits", () => {
    const array = (count: string) => `757200025b4c${"00".repeat(8)}0200007870${count}`;
    const first = array("00000001");
    // Each next one refers to the class of the first.
    const more = "7571007e000000000001".repeat(50_000);
    expect(outcome(read, stream(first + more))).toMatch(/nested deeper/);
    expect(outcome(read, stream(array("00030d40") + "70".repeat(200_000)))).toMatch(/more than/);
    expect(outcome(read, Buffer.alloc(50 * 1024 * 1024, 0xac))).toMatch(/too large/);
    expect(outcome(read, Buffer.from("80049500", "hex"))).toMatch(/not a Java/);
    const classes = `73${`72000141${"00".repeat(8)}02000078`.repeat(50_000)}`;
    expect(outcome(read, stream(classes))).toMatch(/nested deeper/);
    const text = `75720002${Buffer.from("[L").toString("hex")}${"00".repeat(8)}0200007870000186a074ffff${"78".repeat(65_535)}`;
    expect(outcome(read, stream(`${text}${"71007e0002".repeat(99_000)}`))).toMatch(/too much text/);
  });

  it("a field named __proto__ is a field", () => {
    const name = Buffer.from("__proto__").toString("hex");
    const object = read(stream(`73720001410000000000000000020001490009${name}787000000001`));
    expect(Object.keys(object as object)).toContain("__proto__");
    expect(({} as { A?: unknown }).A).toBeUndefined();
  });
});
