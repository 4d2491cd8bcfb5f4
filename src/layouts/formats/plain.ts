/** Text that stands in for a value that JSON cannot say or that was deliberately not built: `{ "$bytes": … }` and the like. */
export type Mark = "$bytes" | "$class" | "$custom" | "$enum" | "$opaque" | "$reference";

/** What a foreign value becomes: JSON's values and nothing else, whatever it was in the language that wrote it. */
export type Plain = null | boolean | number | string | Plain[] | PlainObject;

/** A map of plain values. A key named `__proto__` is a key like any other. */
export interface PlainObject {
  [key: string]: Plain;
}

/** A stored value that is not what its format says, or holds what must not be decoded; the message is the reason, in words for an operator. */
export class UndecodableError extends Error {
  override readonly name = "UndecodableError";
}

/** Sets one field; `__proto__` too becomes a field and changes no prototype. */
export function setField(object: PlainObject, key: string, value: Plain): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

/** A value that was recognised but not built. */
export function marked(mark: Mark, what: string): PlainObject {
  return { [mark]: what };
}

/** An integer as a number where a number holds it exactly, else its decimal digits. */
export function integer(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** A floating point number; what JSON has no number for is marked. */
export function float(value: number): Plain {
  return Number.isFinite(value) ? value : marked("$opaque", String(value));
}

/** Whether a plain value is a map. */
export function isPlainObject(value: Plain | undefined): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
