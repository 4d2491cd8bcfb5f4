import { SessctlError } from "../core/errors.js";

/** Whether an error may pass by itself, as when Redis restarts, so that what goes on for long tries again. */
export function isPassing(error: unknown): error is SessctlError {
  return error instanceof SessctlError && ["unreachable", "timeout", "unavailable"].includes(error.code);
}
