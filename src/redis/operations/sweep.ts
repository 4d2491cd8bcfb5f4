import { type SessionId, shards } from "../../core/token.js";
import { byShard, chunks } from "../batches.js";
import type { Context } from "../context.js";
import { whyOver } from "../reader.js";
import { sweepScript } from "../scripts/sweep.js";
import { end } from "./destroy.js";
import { walkIds } from "./walk-ids.js";

/** Entries looked at by one script call. */
const batchLength = 500;

/** Sweeps a whole namespace: stored sessions that are over end, and no index keeps an entry without a session. */
export async function sweep(context: Context): Promise<number> {
  const { commands, keys } = context;
  let swept = 0;
  for (const index of ["live", "flagged"] as const) {
    for await (const ids of walkIds(context, { shards, index })) {
      swept += await endWhatIsOver(context, ids);
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

async function endWhatIsOver(context: Context, ids: readonly SessionId[]): Promise<number> {
  const now = context.settings.clock();
  const found = await context.reader.all(ids);
  let ended = 0;
  for (const reason of ["revoked", "expired"] as const) {
    const over = found.filter((session) => whyOver(session, now) === reason);
    const outcomes = await end(context, over, reason === "revoked" ? "cutoff" : "expired");
    ended += outcomes.filter((outcome) => outcome === true).length;
  }
  return ended;
}

async function sweepIndex({ scripts }: Context, index: string, ids: readonly SessionId[]): Promise<number> {
  let swept = 0;
  for (const batch of chunks(ids, batchLength)) swept += await scripts.run(sweepScript, { index, ids: batch });
  return swept;
}
