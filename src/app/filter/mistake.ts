import { SessctlError } from "../../core/errors.js";

/** A mistake in a filter, with its place in the filter's text. */
export function mistake(text: string, at: number, what: string, hint: string): SessctlError {
  return new SessctlError("invalid-argument", what, { hint, excerpt: { text, at: Math.min(at, text.length) } });
}
