import { inflateSync } from "node:zlib";
import { defaultLimits } from "./byte-reader.js";
import { UndecodableError } from "./plain.js";

/** zlib's header at its usual window: a method and a size, and a check that makes both a multiple of 31. */
function isZlib(bytes: Buffer): boolean {
  return bytes.length > 6 && bytes[0] === 0x78 && bytes.readUInt16BE() % 31 === 0;
}

/** What zlib compressed, never more than the readers read; anything else as it is. */
export function inflated(bytes: Buffer): Buffer {
  if (!isZlib(bytes)) return bytes;
  try {
    return inflateSync(bytes, { maxOutputLength: defaultLimits.bytes });
  } catch {
    throw new UndecodableError("compressed (zlib), and damaged or too large");
  }
}
