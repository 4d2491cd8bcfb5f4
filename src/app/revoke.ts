import type { Note, SessionDirectory } from "../core/ports.js";
import type { SessionId } from "../core/token.js";
import { applyChange, type ChangeControl, type ChangeReport } from "./change.js";

/** Ends exactly these sessions. */
export function revoke(
  directory: SessionDirectory,
  ids: readonly SessionId[],
  note: Note,
  control?: ChangeControl,
): Promise<ChangeReport> {
  return applyChange(ids, (batch) => directory.revoke(batch, note), control);
}
