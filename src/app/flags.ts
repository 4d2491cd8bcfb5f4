import { clientChange, type ClientReader } from "../core/binding.js";
import type { DirectorySession } from "../core/ports.js";

/**
 * What is worth a second look on one session.
 *
 * - `ua`: used from another browser family, operating system or form factor than before
 * - `net`: used from another network (/24, /64) than before
 * - `endless`: neither an idle window nor a deadline will ever end it
 * - `corrupt`: its record cannot be decoded
 */
export type Flag = "ua" | "net" | "endless" | "corrupt";

/** The flags of one session, in the order above. Each sighting is compared with the one before it. */
export function flagsOf(session: DirectorySession, reader: ClientReader): readonly Flag[] {
  if (session.corrupt !== undefined) return ["corrupt"];
  const flags = new Set<Flag>();
  for (const [n, after] of session.sightings.entries()) {
    const before = session.sightings[n - 1];
    if (before === undefined) continue;
    const change = clientChange(before, after, reader);
    if (change.agent) flags.add("ua");
    if (change.network) flags.add("net");
  }
  if (session.idleEndsAt === Infinity && session.endsAt === Infinity) flags.add("endless");
  return order.filter((flag) => flags.has(flag));
}

const order: readonly Flag[] = ["ua", "net", "endless", "corrupt"];
