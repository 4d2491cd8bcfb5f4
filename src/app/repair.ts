import { SessctlError } from "../core/errors.js";
import type { IndexCounts, IndexKeeper, IndexReport, WalkControl } from "../core/indexes.js";
import type { Note, Trail } from "../core/ports.js";
import { beginInTrail } from "./recorded.js";

/** What a repair came to. */
export interface Repaired {
  readonly report: IndexReport;
  /** Why its end could not be written into the trail, where only its beginning is then. */
  readonly unrecorded: SessctlError | undefined;
}

/** What a repair leaves as it is. */
const left = ["corrupt", "strayKeys", "wrongTypes", "conflicts"] as const;

/**
 * Puts the indexes right, with its beginning and its end in the trail. When the beginning cannot be written nothing is
 * done. It can be broken off at any time, and begun again.
 */
export async function repair(
  { keeper, trail }: { readonly keeper: IndexKeeper; readonly trail: Trail },
  { actor, reason }: Note,
  control: WalkControl,
): Promise<Repaired> {
  const who = { deed: "repair", actor } as const;
  const of = await beginInTrail(trail, { ...who, reason, selection: undefined, layout: "native", count: 0, ids: [] });
  const end = async (counts: IndexCounts | undefined, stopped: string | undefined) => {
    const done = Object.fromEntries(Object.entries(counts ?? {}).filter(([, count]) => count > 0));
    await trail.append({ phase: "end", of, ...who, done, left: 0, stopped });
  };
  try {
    const report = await keeper.repair(control);
    const unrecorded = await end(report.counts, report.stopped ? "interrupted" : undefined).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof SessctlError) return error;
        throw error;
      },
    );
    return { report, unrecorded };
  } catch (error) {
    await end(undefined, String(error)).catch(() => undefined);
    throw error;
  }
}

/** How many things a repair could not put right. */
export function unrepaired({ counts }: IndexReport): number {
  return left.reduce((sum, name) => sum + counts[name], 0);
}
