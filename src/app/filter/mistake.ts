import { SessctlError } from "../../core/errors.js";
import { safe } from "../../core/safe-text.js";

/** A mistake in a filter, with its place; the text is shown in part where it is long. */
export function mistake(text: string, at: number, what: string, hint: string): SessctlError {
  const from = Math.max(0, at - 50);
  const before = safe(text.slice(from, at));
  const shown = `${before}${safe(text.slice(at, at + 30))}`;
  return new SessctlError("invalid-argument", `${safe(what)} at character ${at + 1} of the filter: ${shown}`, {
    hint: `${hint} (the mistake begins at: ${safe(text.slice(at, at + 20)) || "the end"})`,
  });
}
