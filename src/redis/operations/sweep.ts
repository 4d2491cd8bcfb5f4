import { type SessionId, shards } from "../../core/token.js";
import { byShard, chunks } from "../batches.js";
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
      for (const [shard, group] of byShard(ids, (id) => id))
        swept += await sweepIndex(context, keys[index](shard), group);
    }
  }
  for await (const names of commands.scan(keys.anyUser)) {
    for (const name of names) {
      const ids = await commands.run(["ZRANGE", name, 0, -1]);
      if (Array.isArray(ids)) swept += await sweepIndex(context, name, ids.map(String));
    }
  }
  return swept;
}

async function sweepIndex({ scripts }: Context, index: string, ids: readonly SessionId[]): Promise<number> {
  let swept = 0;
  for (const batch of chunks(ids, batchLength)) swept += await scripts.run(sweepScript, { index, ids: batch });
  return swept;
}
