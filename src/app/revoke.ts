import type { Change, DirectorySession } from "../core/ports.js";
import { applyChange, type ChangeControl, type ChangeReport, type Order } from "./change.js";
import { type Desk, recorded, type Recorded } from "./recorded.js";

/** Ends exactly these sessions, and leaves a trail of it. */
export function revoke(desk: Desk, order: Order, control?: ChangeControl): Promise<Recorded> {
  const { directory } = desk;
  return recorded(desk, { deed: "revoke", ...order }, () =>
    applyChange(order.ids, (batch) => directory.revoke(batch, order), control),
  );
}

/** How far the clocks of applications may be apart; docs/operations.md asks for less. */
const skewMs = 5000;

/**
 * Ends every session there is, of which these are a list made at `listedAt` (ms), and leaves a trail of it: a cutoff shuts
 * all out at once, then they are removed. Sessions that were not listed stay: the cutoff lies so far before the youngest
 * that was, and before the list, that no application's clock can bring a later session under it. What is younger than that
 * is ended by its removal, as all are in a layout without cutoffs.
 */
export function revokeAll(
  desk: Desk,
  order: Order & { readonly sessions: readonly DirectorySession[]; readonly listedAt: number },
  control?: ChangeControl,
): Promise<Recorded> {
  const { directory } = desk;
  const { sessions, listedAt, ...rest } = order;
  const begun = sessions.map(({ createdAt }) => createdAt).filter((createdAt) => createdAt !== undefined);
  const youngest = begun.reduce((latest, createdAt) => Math.max(latest, createdAt), -Infinity);
  const cutoff = Math.min(listedAt, youngest) - skewMs;
  if (!directory.capabilities.cutoff || !begun.some((createdAt) => createdAt < cutoff))
    return revoke(desk, rest, control);
  return recorded(desk, { deed: "revoke", ...rest, cutoff }, async () => {
    await directory.cutoff(cutoff);
    const report = await applyChange(order.ids, (batch) => directory.revoke(batch, order), control);
    return withCutOff(report, sessions, cutoff);
  });
}

/** The report, in which those that were not come to have ended all the same if the cutoff did it. */
function withCutOff(report: ChangeReport, sessions: readonly DirectorySession[], cutoff: number): ChangeReport {
  const left = new Set(report.left);
  const ended = sessions.filter(({ id, createdAt = Infinity }) => left.has(id) && createdAt < cutoff);
  for (const { id } of ended) left.delete(id);
  const changes = ended.map(({ id }): Change => ({ id, outcome: "revoked" }));
  return { ...report, changes: [...report.changes, ...changes], left: [...left], notRemoved: ended.length };
}
