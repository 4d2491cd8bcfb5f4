import type { EndReason, Tombstone } from "../core/tombstone.js";
import type { Reply } from "./commands.js";

const reasons: readonly EndReason[] = ["logout", "revoked", "rotated", "expired", "cutoff", "limit"];

/** Writes a tombstone. */
export function encodeTombstone({ ended, at, reason, actor }: Tombstone): string {
  return JSON.stringify({ r: ended, t: at, why: reason, by: actor });
}

/** Why a session ended, from its tombstone; `undefined` when there is none that can be read. */
export function endReasonOf(reply: Reply): EndReason | undefined {
  if (typeof reply !== "string") return undefined;
  try {
    const { r } = JSON.parse(reply) as { r?: unknown };
    return reasons.find((reason) => reason === r);
  } catch {
    return undefined;
  }
}
