import { ByteReader, type Limits } from "./byte-reader.js";
import { unpackLz4, unpackLzf } from "./php-compression.js";
import { PhpReader, unserializePhp } from "./php-serialize.js";
import { isPlainObject, type PlainObject, setField, UndecodableError } from "./plain.js";

/** PHP's three values of `session.serialize_handler`. */
export type PhpSessionHandler = "php" | "php_serialize" | "php_binary";

/** A PHP session's variables and the handler that wrote them; `undefined` for an empty session, which looks the same from all three. */
export interface PhpSession {
  readonly handler: PhpSessionHandler | undefined;
  readonly variables: PlainObject;
}

/**
 * Decodes a stored PHP session. The handler is told by the content: only one that reads it to the last byte is taken. What
 * phpredis compressed with lzf or lz4 has no signature either; it is a session when a handler reads what comes out.
 */
export function readPhpSession(bytes: Buffer, limits?: Limits): PhpSession {
  if (bytes.length === 0) return { handler: undefined, variables: {} };
  for (const [magic, what] of signatures) {
    if (bytes.subarray(0, magic.length).equals(magic)) throw new UndecodableError(what);
  }
  try {
    return read(bytes, limits);
  } catch (error) {
    if (!(error instanceof UndecodableError) || handlers.some(([handler]) => looksLike(handler, bytes))) throw error;
    return readCompressed(bytes, limits);
  }
}

const signatures: readonly (readonly [Buffer, string])[] = [
  [Buffer.from("28b52ffd", "hex"), "compressed (zstd)"],
  [Buffer.from("00000002", "hex"), "serialised by igbinary"],
];

function readCompressed(bytes: Buffer, limits?: Limits): PhpSession {
  for (const unpack of [unpackLz4, unpackLzf]) {
    try {
      return read(unpack(bytes, limits?.bytes), limits);
    } catch (error) {
      if (!(error instanceof UndecodableError)) throw error;
    }
  }
  throw new UndecodableError("no PHP session: perhaps encrypted, or serialised otherwise");
}

function read(bytes: Buffer, limits?: Limits): PhpSession {
  for (const [handler, readBy] of handlers) {
    try {
      return { handler, variables: readBy(bytes, limits) };
    } catch (error) {
      if (!(error instanceof UndecodableError)) throw error;
      if (looksLike(handler, bytes)) throw error;
    }
  }
  throw new UndecodableError("no PHP session");
}

/** The values that only this handler begins with: for these its own reason is the one to tell. */
function looksLike(handler: PhpSessionHandler, bytes: Buffer): boolean {
  const start = bytes.subarray(0, 160).toString("latin1");
  if (handler === "php_serialize") return /^a:\d+:\{/.test(start);
  if (handler === "php") return /^[\w.-]{1,128}\|[NbidsaOCErR][:;]/.test(start);
  return false;
}

function readPhp(bytes: Buffer, limits?: Limits): PlainObject {
  const input = new ByteReader(bytes, limits);
  const reader = new PhpReader(input);
  const variables: PlainObject = {};
  while (!input.atEnd) {
    const name = input.until("|", 256);
    if (/[\0-\x1f";{}!]/.test(name)) throw new UndecodableError("not a session variable's name");
    setField(variables, Buffer.from(name, "latin1").toString("utf8"), reader.value());
  }
  return variables;
}

function readPhpSerialize(bytes: Buffer, limits?: Limits): PlainObject {
  const value = unserializePhp(bytes, limits);
  if (Array.isArray(value)) return Object.fromEntries(value.map((member, index) => [String(index), member]));
  if (!isPlainObject(value) || bytes[0] !== 0x61) throw new UndecodableError("not an array of session variables");
  return value;
}

function readPhpBinary(bytes: Buffer, limits?: Limits): PlainObject {
  const input = new ByteReader(bytes, limits);
  const reader = new PhpReader(input);
  const variables: PlainObject = {};
  while (!input.atEnd) {
    const length = input.u8();
    const name = input.take(length & 0x7f).toString("utf8");
    // The high bit says that the variable was registered but never set.
    if (length < 0x80) setField(variables, name, reader.value());
  }
  if (Object.keys(variables).length === 0) throw new UndecodableError("no session variable");
  return variables;
}

const handlers: readonly (readonly [PhpSessionHandler, (bytes: Buffer, limits?: Limits) => PlainObject])[] = [
  ["php_serialize", readPhpSerialize],
  ["php", readPhp],
  ["php_binary", readPhpBinary],
];
