import { SessctlError } from "../core/errors.js";
import type { SessionDirectory, Trail } from "../core/ports.js";
import type { Intent, Outcome } from "../core/trail.js";
import type { ChangeReport } from "./change.js";

/** What an operator changes sessions with. */
export interface Desk {
  readonly directory: SessionDirectory;
  /** Where it is written down. */
  readonly trail: Trail;
}

/** What became of a change that is in the trail. */
export interface Recorded extends ChangeReport {
  /** Why its end could not be written into the trail, where only its beginning is then. */
  readonly unrecorded: SessctlError | undefined;
}

/**
 * Writes into the trail what is about to be done, does it, and writes what became of it. When the beginning cannot be
 * written nothing is done, and the error says so.
 */
export async function recorded(
  { directory, trail }: Desk,
  intent: Omit<Intent, "layout" | "count">,
  work: () => Promise<ChangeReport>,
): Promise<Recorded> {
  const { deed, actor, ids } = intent;
  const of = await beginInTrail(trail, { ...intent, layout: directory.layout, count: ids.length });
  const end = (outcome: Outcome) => trail.append({ phase: "end", of, deed, actor, ...outcome });
  try {
    const report = await work();
    const unrecorded = await end(outcomeOf(report)).then(() => undefined, expected);
    return { ...report, unrecorded };
  } catch (error) {
    // A bug is told as one, and the trail does not wait for an end that never comes.
    await end({ done: {}, left: ids.length, stopped: String(error) }).catch(() => undefined);
    throw error;
  }
}

/** Writes the beginning of what is to be done, and gives its number; an error that says that nothing was changed. */
export async function beginInTrail(trail: Trail, intent: Intent): Promise<number> {
  try {
    return await trail.append({ phase: "begin", ...intent });
  } catch (error) {
    const { code, message, hint, cause } = expected(error);
    const told = code === "denied" ? `${hint ?? ""} The trail is the key ${trail.name}, to be read and written.` : hint;
    throw new SessctlError(code, `nothing was changed, since the trail cannot be written: ${message}`, {
      ...(told === undefined ? {} : { hint: told }),
      cause,
    });
  }
}

function expected(error: unknown): SessctlError {
  if (error instanceof SessctlError) return error;
  throw error;
}

function outcomeOf({ changes, left, error }: ChangeReport): Outcome {
  const done: Record<string, number> = {};
  for (const { outcome } of changes) done[outcome] = (done[outcome] ?? 0) + 1;
  const stopped = error?.message ?? (left.length > 0 ? "interrupted" : undefined);
  return { done, left: left.length, stopped };
}
