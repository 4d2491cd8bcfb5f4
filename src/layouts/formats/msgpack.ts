import { ByteReader, type Limits, textOrBytes } from "./byte-reader.js";
import { float, integer, marked, type Plain, type PlainObject, setField, UndecodableError } from "./plain.js";

/**
 * Decodes one MessagePack value, whole. Extension types, timestamps among them, are told as `$opaque`, binary as `$bytes`;
 * anything truncated, beyond the limits or followed by more bytes is an `UndecodableError`.
 */
export function readMsgpack(bytes: Buffer, limits?: Limits): Plain {
  const input = new ByteReader(bytes, limits);
  const value = read(input, 0);
  input.end();
  return value;
}

function read(input: ByteReader, depth: number): Plain {
  input.countValue();
  const byte = input.u8();
  if (byte <= 0x7f) return byte;
  if (byte >= 0xe0) return byte - 0x100;
  if (byte <= 0x8f) return map(input, byte & 0x0f, depth);
  if (byte <= 0x9f) return array(input, byte & 0x0f, depth);
  if (byte <= 0xbf) return text(input, byte & 0x1f);
  switch (byte) {
    case 0xc0:
      return null;
    case 0xc2:
      return false;
    case 0xc3:
      return true;
    case 0xca:
      return float(input.take(4).readFloatBE());
    case 0xcb:
      return float(input.take(8).readDoubleBE());
    case 0xcf:
      return integer(input.take(8).readBigUInt64BE());
    case 0xd3:
      return integer(input.take(8).readBigInt64BE());
    default:
      return sized(input, byte, depth);
  }
}

/** The kinds that come in sizes of 1, 2 and 4 bytes, smallest first. */
function sized(input: ByteReader, byte: number, depth: number): Plain {
  if (byte >= 0xc4 && byte <= 0xc6) return binary(input, unsigned(input, 1 << (byte - 0xc4)));
  if (byte >= 0xc7 && byte <= 0xc9) return extension(input, unsigned(input, 1 << (byte - 0xc7)));
  if (byte >= 0xcc && byte <= 0xce) return unsigned(input, 1 << (byte - 0xcc));
  if (byte >= 0xd0 && byte <= 0xd2) {
    const size = 1 << (byte - 0xd0);
    return input.take(size).readIntBE(0, size);
  }
  if (byte >= 0xd4 && byte <= 0xd8) return extension(input, 1 << (byte - 0xd4));
  if (byte >= 0xd9 && byte <= 0xdb) return text(input, unsigned(input, 1 << (byte - 0xd9)));
  if (byte === 0xdc || byte === 0xdd) return array(input, unsigned(input, byte === 0xdc ? 2 : 4), depth);
  if (byte === 0xde || byte === 0xdf) return map(input, unsigned(input, byte === 0xde ? 2 : 4), depth);
  throw new UndecodableError("not MessagePack");
}

function unsigned(input: ByteReader, size: number): number {
  return input.take(size).readUIntBE(0, size);
}

function text(input: ByteReader, length: number): Plain {
  return textOrBytes(input.take(length));
}

function binary(input: ByteReader, length: number): Plain {
  return marked("$bytes", input.take(length).toString("base64"));
}

function extension(input: ByteReader, length: number): Plain {
  const type = input.take(1).readInt8();
  input.take(length);
  return marked("$opaque", type === -1 ? "timestamp" : `extension ${type}`);
}

function array(input: ByteReader, count: number, depth: number): Plain {
  input.checkDepth(depth + 1);
  const values: Plain[] = [];
  for (let index = 0; index < count; index++) values.push(read(input, depth + 1));
  return values;
}

function map(input: ByteReader, count: number, depth: number): Plain {
  input.checkDepth(depth + 1);
  const object: PlainObject = {};
  for (let index = 0; index < count; index++) {
    const key = read(input, depth + 1);
    if (typeof key === "object" && key !== null) throw new UndecodableError("a map with a key that is no text");
    setField(object, String(key), read(input, depth + 1));
  }
  return object;
}
