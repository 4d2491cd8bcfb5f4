import type { SessionId } from "../../core/token.js";
import type { Reply } from "../commands.js";
import { defineScript } from "../script.js";
import source from "./read.lua";

/** What is stored under a session's key; `undefined` as record when the key is no string. */
export interface StoredRecord {
  readonly record: string | undefined;
  /** `Infinity` when the key has no TTL. */
  readonly idleEndsAt: number;
}

export const readScript = defineScript(source, {
  readOnly: true,
  call: ({ ids }: { readonly ids: readonly SessionId[] }, keys) => ({
    keys: ids.map((id) => keys.session(id)),
    args: [],
  }),
  decode: (reply): readonly (StoredRecord | undefined)[] => {
    const values = reply as Reply[];
    const records: (StoredRecord | undefined)[] = [];
    for (let n = 0; n < values.length; n += 2) records.push(decodeOne(values[n] ?? null, Number(values[n + 1])));
    return records;
  },
});

function decodeOne(record: Reply, ends: number): StoredRecord | undefined {
  // The key may have gone between the script's two reads only on paper: a script sees one instant.
  if (record === null) return undefined;
  return { record: typeof record === "string" ? record : undefined, idleEndsAt: ends === -1 ? Infinity : ends };
}
