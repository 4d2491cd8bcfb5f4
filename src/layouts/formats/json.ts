import type { Json, SessionData } from "../../core/session.js";
import { UndecodableError } from "./plain.js";

/** Longest JSON that is read, in bytes: far beyond any session. */
const maxBytes = 4 * 1024 * 1024;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** JSON of any kind; `UndecodableError` for what is none. What is wrong with it is not repeated: it may be a secret. */
export function readJson(bytes: Buffer): Json {
  if (bytes.length > maxBytes) throw new UndecodableError(`too large to decode: ${bytes.length} bytes`);
  try {
    return JSON.parse(utf8.decode(bytes)) as Json;
  } catch {
    throw new UndecodableError("not JSON");
  }
}

/** Whether a value of JSON is an object. */
export function isJsonObject(value: Json | undefined): value is SessionData {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A time as JavaScript's JSON has it, in ms since 1970; `undefined` when it is none. */
export function jsonTime(value: Json | undefined): number | undefined {
  const time = typeof value === "number" ? value : typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isFinite(time) ? time : undefined;
}
