import { SessctlError } from "../core/errors.js";
import type { Note, SessionDirectory } from "../core/ports.js";
import type { SessionId } from "../core/token.js";
import { applyChange, type ChangeControl, type ChangeReport } from "./change.js";

/**
 * Brings the end of exactly these sessions forward to `endsAt` (ms since 1970); those that end sooner stay as they are.
 * Throws `unsupported` when the layout cannot.
 */
export async function expire(
  directory: SessionDirectory,
  ids: readonly SessionId[],
  endsAt: number,
  note: Note,
  control?: ChangeControl,
): Promise<ChangeReport> {
  if (directory.capabilities.expire === "none") {
    throw new SessctlError("unsupported", `the end of a session cannot be set in the layout ${directory.layout}`, {
      hint: "Revoke the sessions instead.",
    });
  }
  return applyChange(ids, (batch) => directory.expire(batch, endsAt, note), control);
}
