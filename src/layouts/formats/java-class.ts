import type { ByteReader } from "./byte-reader.js";
import { UndecodableError } from "./plain.js";

/** A field of a serialised class: its name, and the first character of its type's name, which says how it is written. */
export interface JavaField {
  readonly name: string;
  readonly type: string;
}

/** A class as a stream describes it. Nothing of that name is ever looked for. */
export interface JavaClass {
  readonly name: string;
  readonly flags: number;
  readonly fields: readonly JavaField[];
  readonly parent: JavaClass | undefined;
}

/** Bits of `flags`, from the specification of the stream protocol. */
export const javaFlags = { writeMethod: 1, serializable: 2, externalizable: 4, blockData: 8 } as const;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Text in Java's own UTF-8: U+0000 takes two bytes, what is beyond U+FFFF two times three. Never more characters than bytes. */
export function javaText(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return javaTextByUnits(bytes);
  }
}

function javaTextByUnits(bytes: Buffer): string {
  const units: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : 3;
    if ((first >= 0x80 && first < 0xc0) || first >= 0xf0 || at + length > bytes.length) {
      throw new UndecodableError("a text that is not UTF-8");
    }
    let unit = length === 1 ? first : first & (length === 2 ? 0x1f : 0x0f);
    for (const next of bytes.subarray(at + 1, at + length)) unit = (unit << 6) | (next & 0x3f);
    units.push(String.fromCharCode(unit));
    at += length;
  }
  return units.join("");
}

/** A name or a short text: its length in two bytes, then its bytes. */
export function shortJavaText(input: ByteReader): string {
  const length = input.take(2).readUInt16BE();
  input.countText(length);
  return javaText(input.take(length));
}
