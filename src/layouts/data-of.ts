import type { SessionData } from "../core/session.js";
import { isPlainObject, type Plain, UndecodableError } from "./formats/plain.js";

/** What another language's map says, as session data; `UndecodableError` for anything that is no map. */
export function dataOf(value: Plain): SessionData {
  if (isPlainObject(value)) return value;
  throw new UndecodableError("a value that is no map of names to values");
}

/** Data without the fields that a layout tells apart. */
export function without(data: SessionData, ...names: readonly string[]): SessionData {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
}
