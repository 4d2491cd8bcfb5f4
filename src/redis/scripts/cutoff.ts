import type { Shard } from "../../core/token.js";
import { defineScript } from "../script.js";
import source from "./cutoff.lua";

export const cutoffScript = defineScript(source, {
  call: ({ shard, before }: { readonly shard: Shard; readonly before: number }, keys) => ({
    keys: [keys.cutoff(shard)],
    args: [before],
  }),
  /** The cutoff that holds now (ms). */
  decode: Number,
});
