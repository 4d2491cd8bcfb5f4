import { SessctlError } from "../core/errors.js";
import { safe, type SafeText } from "../core/safe-text.js";

/** An expected failure as it is shown. */
export interface Problem {
  readonly code: string;
  readonly message: SafeText;
  /** What to try. */
  readonly hint?: SafeText;
}

/** What went wrong, as the screen shows it. `bug` is the code of whatever nobody expected. */
export function problemOf(error: unknown): Problem {
  if (error instanceof SessctlError) {
    const { code, message, hint } = error;
    return { code, message: safe(message), ...(hint !== undefined && { hint: safe(hint) }) };
  }
  return { code: "bug", message: safe(error instanceof Error ? `${error.name}: ${error.message}` : String(error)) };
}
