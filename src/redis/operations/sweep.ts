import { type SessionId, shards } from "../../core/token.js";
import { byShard, chunks } from "../batches.js";
import type { Reply } from "../commands.js";
import type { Context } from "../context.js";
import { sweepScript } from "../scripts/sweep.js";
import { endOver } from "./end-over.js";
import { walkIds } from "./walk-ids.js";

/** Entries looked at by one script call. */
const batchLength = 500;

/** Sweeps a whole namespace: stored sessions that are over end, and no index keeps an entry without a session. */
export async function sweep(context: Context): Promise<number> {
  const { commands, keys } = context;
  let swept = 0;
  for (const index of ["live", "flagged"] as const) {
    for await (const ids of walkIds(context, { shards, index })) {
      swept += await endOver(context, await context.reader.all(ids));
      const groups = [...byShard(ids, (id) => id)].map(([shard, group]) => [keys[index](shard), group] as const);
      swept += await sweepIndexes(context, groups);
    }
  }
  for await (const names of commands.scan({ pattern: keys.anyUser })) {
    const entries = await commands.all(names.map((name) => ["ZRANGE", name, 0, -1]));
    const groups = names.map((name, n) => [name, idsOf(entries[n] ?? null)] as const);
    swept += await sweepIndexes(context, groups);
  }
  return swept;
}

/** Takes the entries without a session out of indexes, each named by its key; resolves to how many. */
async function sweepIndexes(
  { scripts }: Context,
  indexes: readonly (readonly [string, readonly SessionId[]])[],
): Promise<number> {
  const calls = indexes.flatMap(([index, ids]) => chunks(ids, batchLength).map((batch) => ({ index, ids: batch })));
  let swept = 0;
  for (const outcome of await scripts.each(sweepScript, calls)) {
    if (outcome instanceof Error) throw outcome;
    swept += outcome;
  }
  return swept;
}

function idsOf(reply: Reply): readonly SessionId[] {
  return Array.isArray(reply) ? reply.map(String) : [];
}
