import type { SessionId } from "../../core/token.js";
import { defineScript } from "../script.js";
import source from "./sweep.lua";

interface Sweep {
  /** Key of the index, on the sessions' shard. */
  readonly index: string;
  readonly ids: readonly SessionId[];
}

export const sweepScript = defineScript(source, {
  call: ({ index, ids }: Sweep, keys) => ({ keys: [index, ...ids.map((id) => keys.session(id))], args: [...ids] }),
  decode: Number,
});
