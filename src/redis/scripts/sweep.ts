import { type SessionId, type Shard } from "../../core/token.js";
import { defineScript } from "../script.js";
import source from "./sweep.lua";

interface Sweep {
  readonly shard: Shard;
  readonly ids: readonly SessionId[];
}

export const sweepScript = defineScript(source, {
  call: ({ shard, ids }: Sweep, keys) => ({
    keys: [keys.live(shard), keys.flagged(shard), ...ids.map((id) => keys.session(id))],
    args: [...ids],
  }),
  decode: Number,
});
