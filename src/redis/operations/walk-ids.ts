import type { SessionId, Shard } from "../../core/token.js";
import { chunks } from "../batches.js";
import type { Context } from "../context.js";

/** Shards read side by side: enough that a small namespace takes few round trips. */
const together = 16;
/** Entries asked of a shard at once. */
const count = 500;

/** Which ids to walk over. */
export interface IdWalk {
  readonly shards: readonly Shard[];
  readonly index: "live" | "flagged";
  /** Glob pattern; default: all. */
  readonly match?: string;
}

/** The ids in an index of these shards, each once, in batches. */
export async function* walkIds(
  { commands, keys }: Context,
  { shards, index, match = "*" }: IdWalk,
): AsyncIterable<readonly SessionId[]> {
  for (const group of chunks(shards, together)) {
    // An index that is resized while it is scanned may tell the same entry twice.
    const seen = new Set<SessionId>();
    let open = group.map((shard) => ({ shard, cursor: "0" }));
    while (open.length > 0) {
      const replies = await commands.all(
        open.map(({ shard, cursor }) => ["ZSCAN", keys[index](shard), cursor, "MATCH", match, "COUNT", count]),
      );
      const fresh: SessionId[] = [];
      open = open.flatMap(({ shard }, n) => {
        const [cursor, entries] = replies[n] as [string, string[]];
        for (let i = 0; i < entries.length; i += 2) {
          const id = String(entries[i]);
          if (!seen.has(id)) fresh.push(id);
          seen.add(id);
        }
        return cursor === "0" ? [] : [{ shard, cursor }];
      });
      if (fresh.length > 0) yield fresh;
    }
  }
}
