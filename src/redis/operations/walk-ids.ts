import type { SessionId, Shard } from "../../core/token.js";
import { chunks } from "../batches.js";
import type { Reply } from "../commands.js";
import type { Context } from "../context.js";

/** Shards read side by side: enough that a small namespace takes few round trips. */
const together = 16;
/** Entries asked of a shard at once. */
const count = 1000;

/** Which ids to walk over. */
export interface IdWalk {
  readonly shards: readonly Shard[];
  readonly index: "live" | "flagged";
  /** Glob pattern; default: all. */
  readonly match?: string;
}

/** The ids in an index of these shards, each once, in batches, one shard after the other. */
export async function* walkIds(
  { commands, keys }: Context,
  { shards, index, match = "*" }: IdWalk,
): AsyncIterable<readonly SessionId[]> {
  const scan = (shard: Shard, cursor: string) =>
    ["ZSCAN", keys[index](shard), cursor, "MATCH", match, "COUNT", count] as const;
  for (const group of chunks(shards, together)) {
    // The beginnings of several shards travel together: most namespaces are read by then.
    const firsts = await commands.all(group.map((shard) => scan(shard, "0")));
    for (const [n, shard] of group.entries()) {
      // An index that is resized while it is scanned may tell the same entry twice.
      const seen = new Set<SessionId>();
      let [cursor, entries] = firsts[n] as [string, Reply[]];
      for (;;) {
        const fresh = idsIn(entries).filter((id) => !seen.has(id));
        if (fresh.length > 0) yield fresh;
        if (cursor === "0") break;
        for (const id of fresh) seen.add(id);
        [cursor, entries] = (await commands.run(scan(shard, cursor))) as [string, Reply[]];
      }
    }
  }
}

/** RESP2 and RESP3 alike answer with ids and scores in turn. */
function idsIn(entries: readonly Reply[]): readonly SessionId[] {
  const ids: SessionId[] = [];
  for (let n = 0; n < entries.length; n += 2) ids.push(String(entries[n]));
  return ids;
}
