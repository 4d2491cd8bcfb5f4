import type { Environment } from "@marcbachmann/cel-js";
import { measure, type Size } from "./budget.js";
import type { Field } from "./fields.js";

/** Furthest that a Date can be from 1970, in ms: what never comes is later than anything. */
const furthestMs = 8.64e15;

interface SpanClass {
  fromMilliseconds(ms: number): object;
}

/** Makes of a row what the language looks its names up in, and says how much that is. */
export class ContextMaker<Row> {
  readonly #fields: readonly Field<Row>[];
  readonly #span: SpanClass;

  constructor(fields: readonly Field<Row>[], environment: Environment) {
    this.#fields = fields;
    // The class of durations is the language's own, and not exported.
    this.#span = (environment.evaluate('duration("1s")') as { readonly constructor: SpanClass }).constructor;
  }

  make(row: Row, now: number): { readonly context: Record<string, unknown>; readonly size: Size } {
    const context: Record<string, unknown> = { now: new Date(now) };
    const size = { text: 0, list: 0, all: 0 };
    for (const field of this.#fields) {
      const value = this.#valueOf(field, row, now);
      if (value === undefined) continue;
      context[field.name] = value;
      if (field.type === "text" || field.type === "texts" || field.type === "any") measure(value, size);
    }
    return { context, size };
  }

  /** `undefined` when nothing can be said of it. */
  #valueOf({ type, of }: Field<Row>, row: Row, now: number): unknown {
    const value = of(row, now);
    if (type === "text") return value ?? "";
    if (type === "any") return value ?? {};
    if (typeof value !== "number") return value;
    if (Number.isNaN(value)) return undefined;
    if (type === "number") return BigInt(Math.trunc(value));
    const ms = Math.max(-furthestMs, Math.min(furthestMs, value));
    return type === "time" ? new Date(ms) : this.#span.fromMilliseconds(ms);
  }
}
