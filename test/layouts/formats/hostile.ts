import fc from "fast-check";
import { expect } from "vitest";
import { UndecodableError } from "../../../src/layouts/formats/plain.js";

type Read = (bytes: Buffer) => unknown;

/** What a reader made of bytes: a value that JSON can hold, or a reason; anything else fails the test. */
export function outcome(read: Read, bytes: Buffer): string {
  try {
    const text = JSON.stringify(read(bytes));
    expect(text.length).toBeLessThan(64 * 1024 * 1024);
    return "decoded";
  } catch (error) {
    expect(error).toBeInstanceOf(UndecodableError);
    return (error as Error).message;
  }
}

/** Every proper beginning of a value is undecodable. */
export function expectEveryTruncationRefused(read: Read, bytes: Buffer): void {
  for (let length = 0; length < bytes.length; length++) {
    expect(outcome(read, bytes.subarray(0, length)), `first ${length} bytes`).not.toBe("decoded");
  }
}

/** Any bytes, and any change of a few bytes of a real value, are a plain value or a reason. */
export function expectOutcomeForAnything(read: Read, sample: Buffer): void {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void outcome(read, Buffer.from(bytes))),
    { numRuns: 2000 },
  );
  const change = fc.tuple(fc.nat(sample.length - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const bytes = Buffer.from(sample);
      for (const [at, byte] of changes) bytes[at] = byte;
      outcome(read, bytes);
    }),
    { numRuns: 3000 },
  );
}
