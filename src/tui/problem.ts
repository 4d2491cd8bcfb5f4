import { SessctlError } from "../core/errors.js";
import { safe } from "../core/safe-text.js";
import type { Problem } from "./state.js";

/** What went wrong, as the screen shows it. `bug` is the code of whatever nobody expected. */
export function problemOf(error: unknown): Problem {
  if (error instanceof SessctlError) return { code: error.code, message: safe(error.message) };
  return { code: "bug", message: safe(error instanceof Error ? `${error.name}: ${error.message}` : String(error)) };
}
