import { type ByteReader, textOrBytes } from "./byte-reader.js";
import { float, integer, marked, type Plain, UndecodableError } from "./plain.js";
import type { Item } from "./pickle-stack.js";

/** Longer integers than this are no session's; converting them to digits takes quadratic time. */
const longestInteger = 64;

/** Reads the argument of an opcode that pushes a scalar; `undefined` for every other opcode. */
export function scalarOf(op: number, input: ByteReader): Item | undefined {
  switch (op) {
    case 0x4e: // NONE
      return null;
    case 0x88: // NEWTRUE
      return true;
    case 0x89: // NEWFALSE
      return false;
    case 0x4a: // BININT
      return input.take(4).readInt32LE();
    case 0x4b: // BININT1
      return input.u8();
    case 0x4d: // BININT2
      return input.take(2).readUInt16LE();
    case 0x8a: // LONG1
      return long(input, input.u8());
    case 0x8b: // LONG4
      return long(input, input.take(4).readInt32LE());
    case 0x47: // BINFLOAT
      return scalar(float(input.take(8).readDoubleBE()));
    case 0x8c: // SHORT_BINUNICODE
      return text(input, input.u8());
    case 0x58: // BINUNICODE
      return text(input, input.take(4).readUInt32LE());
    case 0x8d: // BINUNICODE8
      return text(input, length8(input));
    case 0x43: // SHORT_BINBYTES
    case 0x55: // SHORT_BINSTRING
      return bytes(input, input.u8());
    case 0x42: // BINBYTES
    case 0x54: // BINSTRING
      return bytes(input, input.take(4).readUInt32LE());
    case 0x8e: // BINBYTES8
    case 0x96: // BYTEARRAY8
      return bytes(input, length8(input));
    default:
      return undefined;
  }
}

function length8(input: ByteReader): number {
  return Number(input.take(8).readBigUInt64LE());
}

function long(input: ByteReader, length: number): number | string {
  if (length < 0 || length > longestInteger) throw new UndecodableError(`an integer of ${length} bytes`);
  let value = 0n;
  for (const byte of [...input.take(length)].toReversed()) value = (value << 8n) | BigInt(byte);
  return integer(BigInt.asIntN(8 * length, value));
}

function text(input: ByteReader, length: number): Item {
  return scalar(textOrBytes(input.take(length)));
}

function bytes(input: ByteReader, length: number): Item {
  return { marked: marked("$bytes", input.take(length).toString("base64")) };
}

function scalar(value: Plain): Item {
  return typeof value === "object" && value !== null ? { marked: value } : value;
}
