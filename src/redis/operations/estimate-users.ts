import { shards } from "../../core/token.js";
import type { Context } from "../context.js";
import { isCorrupt } from "../record.js";

/**
 * About how many users have sessions: of one session of every shard, taken by chance, a user with n sessions counts a
 * nth, and as many times as the shard has sessions. One call is right within some hundredths; the mean of several is better.
 */
export async function estimateUsers({ commands, keys, reader }: Context): Promise<number> {
  const replies = await commands.all(
    shards.flatMap((shard) => [
      ["ZCARD", keys.live(shard)],
      ["ZRANDMEMBER", keys.live(shard)],
    ]),
  );
  const sizes = new Map<string, number>();
  for (let n = 0; n < replies.length; n += 2) {
    const id = replies[n + 1];
    if (typeof id === "string") sizes.set(id, Number(replies[n]));
  }
  const found = await reader.all([...sizes.keys()]);
  const owned = found.flatMap(({ id, record }) =>
    isCorrupt(record) || record.user === undefined ? [] : [{ id, user: record.user }],
  );
  const counts = await commands.all(owned.map(({ user }) => ["ZCARD", keys.user(user)]));
  return Math.round(
    owned.reduce((sum, { id }, n) => sum + (sizes.get(id) ?? 0) / Math.max(1, Number(counts[n] ?? 1)), 0),
  );
}
