import { SessctlError } from "../core/errors.js";
import type { Change, Note } from "../core/ports.js";
import type { SessionId } from "../core/token.js";
import { inBatches } from "./in-batches.js";

/** What is to be changed, and what the trail and the sessions' tombstones say about it. */
export interface Order extends Note {
  readonly ids: readonly SessionId[];
  readonly actor: string | undefined;
  readonly reason: string | undefined;
  /** How the sessions were chosen, as in `--user alice`. */
  readonly selection: string | undefined;
}

/** How a change of many goes on, and how it can be stopped. */
export interface ChangeControl {
  /** Once aborted, no further batch begins. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What became of a change of many. */
export interface ChangeReport {
  readonly changes: readonly Change[];
  /** Sessions that were not come to: it was stopped, or `error` stopped it. */
  readonly left: readonly SessionId[];
  /** What made the rest impossible, such as a lost connection. */
  readonly error: SessctlError | undefined;
  /** Of those that ended, how many are still stored, since a cutoff ended them. */
  readonly notRemoved?: number;
}

/** Changes sessions in batches. A failure of one stays in its `Change`; one of the connection ends it with what was done so far. */
export async function applyChange(
  ids: readonly SessionId[],
  change: (batch: readonly SessionId[]) => Promise<readonly Change[]>,
  { signal, onProgress }: ChangeControl = {},
): Promise<ChangeReport> {
  const changes: Change[] = [];
  const left = () => ids.slice(changes.length);
  const stopped = () => signal?.aborted === true;
  if (stopped()) return { changes, left: left(), error: undefined };
  try {
    for await (const batch of inBatches(ids, change)) {
      changes.push(...batch);
      onProgress?.(changes.length, ids.length);
      if (stopped()) break;
    }
  } catch (error) {
    if (!(error instanceof SessctlError)) throw error;
    return { changes, left: left(), error };
  }
  return { changes, left: left(), error: undefined };
}
