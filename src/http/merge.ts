import { isDeepStrictEqual } from "node:util";
import { RequestSessionError } from "./failure.js";

/**
 * What becomes of data that one request changed from `base` to `mine` while others changed it from `base` to `theirs`:
 * both changes, field by field. When both changed the same field to different values it is a `conflict`, since either
 * choice would lose one of them.
 */
export function merged<Data extends object>(base: Data, mine: Data, theirs: Data): Data {
  return mergedValue(base, mine, theirs) as Data;
}

function mergedValue(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (isDeepStrictEqual(mine, base)) return theirs;
  if (isDeepStrictEqual(theirs, base) || isDeepStrictEqual(mine, theirs)) return mine;
  if (!isFields(mine) || !isFields(theirs)) {
    throw new RequestSessionError("conflict", "another request changed the same session data meanwhile", {
      statusCode: 409,
      hint: "Give save a function of the newest data: save((data) => ({ ...data, count: data.count + 1 })).",
    });
  }
  const before = isFields(base) ? base : {};
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const fields = [...names].map((name) => [name, mergedValue(own(before, name), own(mine, name), own(theirs, name))]);
  // Not by assignment: a field may be called `__proto__`.
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
