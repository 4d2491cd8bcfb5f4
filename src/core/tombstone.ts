import type { Note, Refusal } from "./ports.js";

/** Why a session is gone. `expired`: found past its end and removed; `cutoff` and `limit`: revoked with all others, or to make room for a newer one. */
export type EndReason = "logout" | "revoked" | "rotated" | "expired" | "cutoff" | "limit";

/** What is remembered of a session for a while after its end. */
export interface Tombstone extends Note {
  readonly ended: EndReason;
  /** ms since 1970. */
  readonly at: number;
}

/** The refusal that a token gets whose session left this tombstone, or none. */
export function refusalAfter(ended: EndReason | undefined): Refusal {
  switch (ended) {
    case undefined:
      return { ok: false, reason: "unknown" };
    case "cutoff":
    case "limit":
      return { ok: false, reason: "revoked" };
    case "logout":
    case "revoked":
    case "rotated":
    case "expired":
      return { ok: false, reason: ended };
  }
}
