import type { ChangeControl, Order } from "../app/change.js";
import type { Desk, Recorded } from "../app/recorded.js";
import type { Capabilities, DirectorySession } from "../core/ports.js";
import type { SafeText } from "../core/safe-text.js";

/** How one command changes sessions, and what it calls that. */
export interface ChangeKind {
  /** As in `end 3 sessions`. */
  readonly verb: "end" | "expire";
  /** Added to it, as ` at 2026-03-01T14:00:00Z`. */
  readonly when: string;
  /** Says that it was done to `what`, as in `ended 3 sessions`. */
  readonly did: (what: SafeText) => SafeText;
  /** What a layout that can do only so much makes of it, said before it is done. */
  readonly caveat?: (capabilities: Capabilities) => SafeText | undefined;
  /** Does it to the sessions ordered, which were listed at `listedAt` (ms). */
  readonly apply: (
    desk: Desk,
    order: Order & { readonly sessions: readonly DirectorySession[]; readonly listedAt: number },
    control: ChangeControl,
  ) => Promise<Recorded>;
}
