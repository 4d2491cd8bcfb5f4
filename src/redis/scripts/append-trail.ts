import type { SealedEntry } from "../../core/trail.js";
import { defineScript, oneOf } from "../script.js";
import source from "./append_trail.lua";

interface AppendTrail extends SealedEntry {
  /** Stream id of the last entry; `undefined` when there is none. */
  readonly after: string | undefined;
}

export const appendTrailScript = defineScript(source, {
  call: ({ after, text, hash }: AppendTrail, keys) => ({ keys: [keys.trail], args: [after ?? "", text, hash] }),
  decode: oneOf("ok", "conflict"),
});
