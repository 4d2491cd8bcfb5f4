import { ByteReader, defaultLimits } from "./byte-reader.js";
import { UndecodableError } from "./plain.js";
import { Unpacked } from "./unpacked.js";

/** What phpredis compressed with lzf, of which nothing tells but that it can be read; at most `most` bytes. */
export function unpackLzf(bytes: Buffer, most: number = defaultLimits.bytes): Buffer {
  const input = new ByteReader(bytes);
  const output = new Unpacked(most);
  while (!input.atEnd) {
    const control = input.u8();
    if (control < 0x20) {
      output.add(input.take(control + 1));
      continue;
    }
    const length = control >> 5;
    const more = length === 7 ? input.u8() : 0;
    output.repeat(((control & 0x1f) << 8) + input.u8() + 1, length + more + 2);
  }
  return output.whole();
}

/** What phpredis compressed with lz4: a checksum of the length, the length in four bytes, a block of LZ4; at most `most` bytes. */
export function unpackLz4(bytes: Buffer, most: number = defaultLimits.bytes): Buffer {
  const input = new ByteReader(bytes);
  input.u8();
  const length = input.take(4).readUInt32LE();
  if (length > most) throw new UndecodableError("unpacks into too much");
  const output = new Unpacked(length);
  while (!input.atEnd) {
    const token = input.u8();
    output.add(input.take(extended(input, token >> 4)));
    // The last sequence is of literals alone.
    if (input.atEnd) break;
    const distance = input.take(2).readUInt16LE();
    output.repeat(distance, extended(input, token & 0x0f) + 4);
  }
  if (output.whole().length !== length) throw new UndecodableError("truncated");
  return output.whole();
}

/** A length of LZ4's: in four bits, and with all of them set in as many bytes as are 255, and one more. */
function extended(input: ByteReader, length: number): number {
  if (length < 0x0f) return length;
  let total = length;
  for (;;) {
    const more = input.u8();
    total += more;
    if (more < 0xff) return total;
  }
}
