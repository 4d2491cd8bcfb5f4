import { SessctlError } from "../core/errors.js";
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
 * them out at once, then they are removed. Sessions that were not listed stay: the cutoff lies so far before the youngest
 * that was, and before the list, that no application's clock can bring a later session under it. Those younger than that are
 * the first to be removed; in a layout without cutoffs it is all by removal.
 */
export function revokeAll(
  desk: Desk,
  order: Order & { readonly sessions: readonly DirectorySession[]; readonly listedAt: number },
  control?: ChangeControl,
): Promise<Recorded> {
  const { directory } = desk;
  const { sessions, listedAt, ...rest } = order;
  const youngest = sessions.reduce((latest, { createdAt = -Infinity }) => Math.max(latest, createdAt), -Infinity);
  const cutoff = Math.min(listedAt, youngest) - skewMs;
  const isOlder = ({ createdAt = Infinity }: DirectorySession) => createdAt < cutoff;
  if (!directory.capabilities.cutoff || !sessions.some(isOlder)) return revoke(desk, rest, control);
  const ids = [...sessions.filter((one) => !isOlder(one)), ...sessions.filter(isOlder)].map(({ id }) => id);
  return recorded(desk, { deed: "revoke", ...rest, ids, cutoff }, async () => {
    const error = await directory.cutoff(cutoff).then(() => undefined, halfWay);
    if (error !== undefined) return { changes: [], left: ids, error };
    const report = await applyChange(ids, (batch) => directory.revoke(batch, order), control);
    return withCutOff(report, sessions.filter(isOlder));
  });
}

/** A cutoff is one write for each shard: of those that were done nothing comes back. */
function halfWay(error: unknown): SessctlError {
  if (!(error instanceof SessctlError)) throw error;
  const { code, message, hint = "" } = error;
  return new SessctlError(code, `the cutoff may have ended some of them: ${message}`, { hint, cause: error });
}

/** The report, in which those that were not come to have ended all the same if the cutoff did it. */
function withCutOff(report: ChangeReport, cutOff: readonly DirectorySession[]): ChangeReport {
  const left = new Set(report.left);
  const ended = cutOff.filter(({ id }) => left.delete(id));
  const changes = ended.map(({ id }): Change => ({ id, outcome: "revoked" }));
  return { ...report, changes: [...report.changes, ...changes], left: [...left], notRemoved: ended.length };
}
