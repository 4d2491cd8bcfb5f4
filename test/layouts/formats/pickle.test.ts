import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readPickle } from "../../../src/layouts/formats/pickle.js";
import written from "../fixtures/python-values.json" with { type: "json" };
import { expectEveryTruncationRefused, expectOutcomeForAnything, outcome } from "./hostile.js";

const python: Readonly<Record<string, string>> = written.values;
const value = (name: string) => Buffer.from(python[name] ?? "", "hex");
const read = (bytes: Buffer) => readPickle(bytes);

describe.each([2, 3, 4, 5])("a pickle of protocol %d", (protocol) => {
  it("of plain values is those values", () => {
    expect(read(value(`pickle ${protocol} plain`))).toEqual({
      _auth_user_id: "7",
      numbers: [1, -1, 255, 65536, 2 ** 40, "-1180591620717411303424", 1.5],
      one: [1],
      four: [1, 2, 3, 4],
      bytes: protocol === 2 ? { $opaque: "_codecs.encode" } : { $bytes: "AP8=" },
      none: null,
      yes: true,
      no: false,
      nested: { é: "ü".repeat(300) },
      again: "7",
      5: "five",
      set: expect.anything() as unknown,
    });
  });

  it("dates are told, not made", () => {
    const date = { $opaque: "datetime.datetime" };
    expect(read(value(`pickle ${protocol} dates`))).toEqual({ _session_expiry: date, aware: date });
  });

  it("what is shared or circular is a reference", () => {
    expect(read(value(`pickle ${protocol} loop`))).toEqual([{ $reference: "0" }]);
    expect(read(value(`pickle ${protocol} shared`))).toEqual({
      list: [1],
      same: { $reference: expect.any(String) as string },
    });
  });

  it("anything executable is undecodable and not run", () => {
    expect(outcome(read, value(`pickle ${protocol} executable`))).toMatch(
      /^executable pickle \((STACK_)?GLOBAL\): never run$/,
    );
    expect(outcome(read, value(`pickle ${protocol} built`))).toMatch(/^executable pickle/);
    expect(existsSync("pickle-was-run")).toBe(false);
  });

  it("cut at any byte is undecodable", () => {
    expectEveryTruncationRefused(read, value(`pickle ${protocol} plain`));
  });

  it("any bytes are a plain value or a reason", () => {
    expectOutcomeForAnything(read, value(`pickle ${protocol} dates`));
  });
});

describe("hostile pickles", () => {
  it.each([
    ["GLOBAL", "8002636f730a73797374656d0a2e"],
    ["STACK_GLOBAL", "80048c026f738c0673797374656d932e"],
    ["REDUCE", "80024e29522e"],
    ["BUILD", "80027d7d622e"],
    ["INST", "80022869"],
    ["OBJ", "8002286f2e"],
    ["NEWOBJ", "80024e29812e"],
    ["NEWOBJ_EX", "80044e297d922e"],
    ["PERSID", "80025061620a2e"],
    ["BINPERSID", "80024e512e"],
    ["EXT1", "800282012e"],
    ["EXT2", "80028301002e"],
    ["EXT4", "800284010000002e"],
    ["NEXT_BUFFER", "8005972e"],
  ])("%s is never run", (name, hex) => {
    expect(outcome(read, Buffer.from(hex, "hex"))).toBe(`executable pickle (${name}): never run`);
  });

  it.each([
    ["an empty stack", "80022e"],
    ["two values left", "80024e4e2e"],
    ["a key without a value", "80027d284e752e"],
    ["no mark", "80027d752e"],
    ["its own mark as value", "8002282e"],
    ["a mark kept", "8002287100682e"],
    ["a key that is a list", "80027d5d4e732e"],
    ["an append to a dictionary", "80027d4e612e"],
    ["a memo that is empty", "800268002e"],
    ["a text of 4 GiB", "800258ffffffff2e"],
    ["an integer of 2 GiB", "80028bffffff7f2e"],
    ["an integer of -1 bytes", "80028bffffffff2e"],
    ["a text of 2^63 bytes", "80048dffffffffffffff7f2e"],
    ["a type as a value", "8002636461746574696d650a6461746574696d650a2e"],
    ["protocol 0", "4e2e"],
    ["protocol 6", "80064e2e"],
    ["more after the end", "80024e2e4e"],
  ])("%s", (_, hex) => {
    expect(outcome(read, Buffer.from(hex, "hex"))).not.toBe("decoded");
  });

  it("nesting, repetition and size end at the limits", () => {
    const tuples = Buffer.concat([Buffer.from("800229", "hex"), Buffer.alloc(90_000, 0x85), Buffer.from(".")]);
    expect(outcome(read, tuples)).toMatch(/nested deeper/);
    const lists = Buffer.concat([
      Buffer.from("8002", "hex"),
      Buffer.alloc(90_000, "]"),
      Buffer.alloc(89_999, "a"),
      Buffer.from("."),
    ]);
    expect(outcome(read, lists)).toMatch(/nested deeper/);
    const text = Buffer.concat([
      Buffer.from("80025d2858a0860100", "hex"),
      Buffer.alloc(100_000, "x"),
      Buffer.from("7100", "hex"),
    ]);
    const bomb = Buffer.concat([text, Buffer.alloc(90_000, Buffer.from("6800", "hex")), Buffer.from("652e", "hex")]);
    expect(outcome(read, bomb)).toMatch(/too much text/);
    expect(outcome(read, Buffer.concat([Buffer.from("8002", "hex"), Buffer.alloc(200_000, "N")]))).toMatch(/more than/);
    expect(outcome(read, Buffer.alloc(50 * 1024 * 1024, 0x80))).toMatch(/too large/);
    expect(outcome(read, randomBytes(100_000))).not.toBe("decoded");
    expect(outcome(read, value("pickle 0 plain"))).toMatch(/protocol/);
  });
});
