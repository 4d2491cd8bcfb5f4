import { type SessionId, shardOfId } from "../../core/token.js";
import type { Reply } from "../commands.js";
import { defineScript } from "../script.js";
import source from "./validate.lua";

interface Validate {
  readonly ids: readonly SessionId[];
  readonly now: number;
  readonly usualIdleMs: number;
}

/** What validate.lua read of one session, before it rolled the idle window. */
export interface ValidatedRecord {
  readonly record: string;
  /** `Infinity` when the key had no TTL. */
  readonly idleEndsAt: number;
  /** Sessions created before are revoked; 0 for none. */
  readonly cutoff: number;
}

export const validateScript = defineScript(source, {
  call: ({ ids, now, usualIdleMs }: Validate, keys) => ({
    keys: [...ids.map((id) => keys.session(id)), ...ids.map((id) => keys.cutoff(shardOfId(id)))],
    args: [now, usualIdleMs],
  }),
  decode: (reply): readonly (ValidatedRecord | undefined)[] => (reply as Reply[]).map(decodeOne),
});

function decodeOne(reply: Reply): ValidatedRecord | undefined {
  if (reply === null) return undefined;
  const [record, ends, cutoff] = reply as [string, number, string | null | undefined];
  return { record, idleEndsAt: ends === -1 ? Infinity : ends, cutoff: Number(cutoff ?? 0) };
}
