import { idOfKey } from "../../layouts/key-id.js";
import type { SessionId } from "../../core/token.js";
import { type AppliedLayout, isSessionKey, patternOf } from "../../layouts/session-of.js";
import type { Commands } from "../commands.js";
import { type Pace, PacedWalk } from "../pace.js";
import { SeenIds } from "./seen-ids.js";

/** A key that may be a session's, and the id it has. */
export interface FoundKey {
  readonly key: string;
  readonly id: SessionId;
}

/** Keys looked at by one SCAN: half a millisecond of Redis's time. */
const scanCount = 1000;
/** Keys handed on at once, and more by what one SCAN may bring. */
const batchLength = 1000;

/** The keys that can be sessions' by name and type, each once, in batches that are never empty. */
export async function* walkKeys(
  commands: Commands,
  applied: AppliedLayout,
  pace: Pace,
): AsyncGenerator<readonly FoundKey[]> {
  const walk = new PacedWalk(pace, pace.onLooked === undefined ? Infinity : await commands.keyCount());
  const seen = new SeenIds();
  let batch: FoundKey[] = [];
  const scan = { pattern: patternOf(applied), type: applied.layout.type, count: scanCount };
  for await (const keys of commands.scan(scan)) {
    for (const key of keys) {
      if (!isSessionKey(applied, key)) continue;
      const id = idOfKey(key);
      if (seen.add(id)) batch.push({ key, id });
    }
    await walk.looked(scanCount);
    if (batch.length < batchLength) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
