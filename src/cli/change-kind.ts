import type { ChangeControl, ChangeReport } from "../app/change.js";
import type { Note, SessionDirectory } from "../core/ports.js";
import type { SafeText } from "../core/safe-text.js";
import type { SessionId } from "../core/token.js";

/** How one command changes sessions, and what it calls that. */
export interface ChangeKind {
  /** As in `end 3 sessions`. */
  readonly verb: "end" | "expire";
  /** Added to it, as ` at 2026-03-01T14:00:00Z`. */
  readonly when: string;
  /** Says that it was done to `what`, as in `ended 3 sessions`. */
  readonly did: (what: SafeText) => SafeText;
  readonly apply: (
    directory: SessionDirectory,
    ids: readonly SessionId[],
    note: Note,
    control: ChangeControl,
  ) => Promise<ChangeReport>;
}
