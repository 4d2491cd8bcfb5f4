import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UndecodableError } from "../../src/layouts/formats/plain.js";
import { layoutNamed } from "../../src/layouts/index.js";
import type { Layout, Step, Stored } from "../../src/layouts/layout.js";
import { bytesOf, type FixtureKey } from "../helpers/fixture.js";
import { layoutCases } from "./cases/index.js";

/** A value of whatever a layout's keys hold, as it is handed to the layout. */
function storedOf(layout: Layout, prefix: string, { key, string, hash }: FixtureKey): Stored {
  const name = bytesOf(key).toString();
  return {
    key: name,
    prefix,
    rest: name.slice(prefix.length),
    bytes: layout.type === "string" ? bytesOf(string ?? "") : Buffer.alloc(0),
    fields: new Map(Object.entries(hash ?? {}).map(([field, value]) => [field, bytesOf(value)])),
    keyEndsAt: 1_767_225_600_000,
  };
}

/** Everything that a layout does with a record, for what it does to whoever calls it: nothing but a reason is thrown. */
function expectHarmless(layout: Layout, stored: Stored): void {
  for (const look of [
    () => layout.decode(stored),
    () => layout.recognises?.(stored),
    () => stepsOf(layout.belongings?.(stored) ?? []),
  ]) {
    try {
      expect(JSON.stringify(look() ?? null).length).toBeLessThan(64 * 1024 * 1024);
    } catch (error) {
      expect(error).toBeInstanceOf(UndecodableError);
      // What is wrong is told without what was there.
      expect((error as Error).message.length).toBeLessThan(200);
    }
  }
}

/** What steps would do with members and values that are as hostile. */
function stepsOf(steps: readonly Step[]): unknown {
  return steps.map((step) => {
    if (step.do === "each-member") return step.steps(Buffer.from("aced0005740003", "hex"));
    if (step.do === "edit") return String(step.edit(Buffer.from([0xff, 0x00])));
    return step.key;
  });
}

/** A record with some bytes of one of its values changed, cut off or added. */
function changed(stored: Stored): fc.Arbitrary<Stored> {
  const bytes = (value: Buffer) =>
    fc.oneof(
      fc.uint8Array({ maxLength: 100 }).map((random) => Buffer.from(random)),
      fc.nat(value.length).map((length) => value.subarray(0, length)),
      fc.uint8Array({ maxLength: 20 }).map((more) => Buffer.concat([value, more])),
      fc.array(fc.tuple(fc.nat(Math.max(0, value.length - 1)), fc.nat(255)), { maxLength: 4 }).map((changes) => {
        const copy = Buffer.from(value);
        for (const [at, byte] of changes) copy[at] = byte;
        return copy;
      }),
    );
  if (stored.fields.size === 0) return bytes(stored.bytes).map((value) => ({ ...stored, bytes: value }));
  return fc
    .constantFrom(...stored.fields.keys())
    .chain((field) =>
      fc
        .option(bytes(stored.fields.get(field) ?? Buffer.alloc(0)))
        .map((value) => ({ ...stored, fields: withField(stored.fields, field, value) })),
    );
}

function withField(fields: Stored["fields"], field: string, value: Buffer | null): Stored["fields"] {
  const copy = new Map(fields);
  if (value === null) copy.delete(field);
  else copy.set(field, value);
  return copy;
}

describe.each(layoutCases.map((cases) => [cases.layout, cases.fixture.writtenBy, cases] as const))(
  "layout %s by %o",
  (_, __, cases) => {
    const layout = layoutNamed(cases.layout);
    const prefix = cases.prefix ?? layout.keys.prefix;
    const told = cases.sessions(0).map(({ key }) => key);
    const samples = cases.fixture.keys
      .filter(({ key }) => told.includes(bytesOf(key).toString()))
      .map((key) => storedOf(layout, prefix, key));

    it("makes of any change to a record a session, nothing, or a reason", () => {
      for (const sample of samples) {
        fc.assert(
          fc.property(changed(sample), (stored) => expectHarmless(layout, stored)),
          { numRuns: 400 },
        );
      }
      expect(samples.length).toBe(told.length);
    });

    it("makes of what is no session, or cannot be read, nothing or a reason", () => {
      for (const key of [...cases.foreign, ...cases.corrupt]) expectHarmless(layout, storedOf(layout, prefix, key));
      for (const bytes of [Buffer.alloc(5 * 1024 * 1024, "["), Buffer.alloc(5 * 1024 * 1024)]) {
        const huge = { key: `${prefix}x`, ttlMs: null, string: { base64: bytes.toString("base64") } };
        expectHarmless(layout, storedOf(layout, prefix, huge));
      }
    });
  },
);
