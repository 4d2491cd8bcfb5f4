import { type SessionId, type Shard, shardOfId } from "../../core/token.js";
import type { Reply } from "../commands.js";
import { defineScript } from "../script.js";
import source from "./read.lua";

/** What is stored under a session's key; `undefined` as record when the key is no string. */
export interface StoredRecord {
  readonly record: string | undefined;
  /** `Infinity` when the key has no TTL. */
  readonly idleEndsAt: number;
}

/** What is stored of some sessions, in their order, and the cutoffs (ms; 0 for none) of their shards, in that of `shardsOf`. */
export interface StoredRecords {
  readonly records: readonly (StoredRecord | undefined)[];
  readonly cutoffs: readonly number[];
}

export const readScript = defineScript(source, {
  readOnly: true,
  call: ({ ids }: { readonly ids: readonly SessionId[] }, keys) => ({
    keys: [...ids.map((id) => keys.session(id)), ...shardsOf(ids).map((shard) => keys.cutoff(shard))],
    args: [ids.length],
  }),
  decode: (reply): StoredRecords => {
    const [count, ...values] = reply as Reply[];
    const end = 2 * Number(count);
    const records: (StoredRecord | undefined)[] = [];
    for (let n = 0; n < end; n += 2) records.push(decodeOne(values[n] ?? null, Number(values[n + 1])));
    return { records, cutoffs: values.slice(end).map(Number) };
  },
});

/** The shards of sessions, each once, as they come. */
export function shardsOf(ids: readonly SessionId[]): readonly Shard[] {
  return [...new Set(ids.map(shardOfId))];
}

function decodeOne(record: Reply, ends: number): StoredRecord | undefined {
  // The key may have gone between the script's two reads only on paper: a script sees one instant.
  if (record === null) return undefined;
  return { record: typeof record === "string" ? record : undefined, idleEndsAt: ends === -1 ? Infinity : ends };
}
