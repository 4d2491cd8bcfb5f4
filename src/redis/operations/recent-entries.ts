import type { RecentEntry } from "../../core/ports.js";
import { type Shard, shards } from "../../core/token.js";
import type { Context } from "../context.js";

/** More than a shard's fair share is asked for at first, since chance spreads unevenly. */
const spare = 4;

/**
 * The entries with the newest scores in the live indexes, newest first, at most `limit`. Every shard is asked for its share;
 * only a shard all of whose answers are among the newest is asked for more, so that little is read and thrown away.
 */
export async function recentEntries(context: Context, limit: number): Promise<RecentEntry[]> {
  const entries = new Map<Shard, RecentEntry[]>();
  let share = Math.ceil(limit / shards.length) + spare;
  let asked: readonly Shard[] = shards;
  for (;;) {
    const pages = await pagesOf(context, asked, share);
    for (const [n, shard] of asked.entries()) entries.set(shard, pages[n] ?? []);
    const newest = [...entries.values()]
      .flat()
      .toSorted((a, b) => b.seenAt - a.seenAt)
      .slice(0, limit);
    const oldestShown = newest.length < limit ? -Infinity : (newest.at(-1)?.seenAt ?? -Infinity);
    const full = share;
    asked = asked.filter((shard) => {
      const page = entries.get(shard) ?? [];
      return page.length === full && (page.at(-1)?.seenAt ?? 0) > oldestShown;
    });
    if (asked.length === 0 || share >= limit) return newest;
    share = Math.min(share * 4, limit);
  }
}

async function pagesOf({ commands, keys }: Context, asked: readonly Shard[], share: number): Promise<RecentEntry[][]> {
  const replies = await commands.all(
    asked.map((shard) => ["ZRANGE", keys.live(shard), 0, share - 1, "REV", "WITHSCORES"]),
  );
  return replies.map((reply) => {
    // RESP2 answers flat, RESP3 in pairs.
    const flat = Array.isArray(reply) ? reply.flat() : [];
    return Array.from({ length: flat.length / 2 }, (_, n) => ({
      id: String(flat[2 * n]),
      seenAt: Number(flat[2 * n + 1]),
    }));
  });
}
