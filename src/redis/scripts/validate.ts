import { type SessionId, shardOfId } from "../../core/token.js";
import { defineScript } from "../script.js";
import source from "./validate.lua";

interface Validate {
  readonly ids: readonly SessionId[];
  readonly now: number;
  readonly usualIdleMs: number;
  /** Whether the ends of the idle windows are wanted. */
  readonly ends: boolean;
}

/** What validate.lua read, before it rolled the idle windows. */
export interface Validated {
  /** In the order asked for; `null` where there is no record. */
  readonly records: readonly (string | null)[];
  /** In the order in which their shards first occur among the ids; `null` for none. */
  readonly cutoffs: readonly (string | null)[];
  /** In the order asked for, -1 for none; empty when not wanted. */
  readonly ends: readonly number[];
}

export const validateScript = defineScript(source, {
  call: ({ ids, now, usualIdleMs, ends }: Validate, keys) => ({
    keys: [...ids.map(keys.session), ...shardsOf(ids).map(keys.cutoff)],
    args: [ids.length, now, usualIdleMs, ends ? "ends" : ""],
  }),
  decode: (reply): Validated => {
    const [records, cutoffs, ends] = reply as [(string | null)[], (string | null)[], number[]];
    return { records, cutoffs, ends };
  },
});

/** The shards of these ids, each once. */
export function shardsOf(ids: readonly SessionId[]): string[] {
  return [...new Set(ids.map(shardOfId))];
}
