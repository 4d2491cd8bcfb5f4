import type { GeoReader } from "../../clients/geography/geo-reader.js";
import type { ClientReader } from "../../core/binding.js";
import type { DirectorySession } from "../../core/ports.js";
import { compileFilter, type Filter } from "../filter/compile.js";
import { sessionFields } from "../filter/fields.js";

/** A filter in CEL over sessions, checked; every mistake is an `invalid-argument` that shows its place. */
export function compileSessionFilter(
  text: string,
  reader: ClientReader,
  geo: GeoReader | undefined,
  now: number,
): Filter<DirectorySession> {
  return compileFilter(text, sessionFields(reader, geo), now);
}
