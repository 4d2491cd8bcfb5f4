import type { SessionId } from "../../core/token.js";
import { defineScript, oneOf } from "../script.js";
import source from "./roll.lua";

/** A session and the new end of its idle window (ms since 1970). */
export interface Roll {
  readonly id: SessionId;
  readonly idleEndsAt: number;
}

export const rollScript = defineScript(source, {
  call: (rolls: readonly Roll[], keys) => ({
    keys: rolls.map(({ id }) => keys.session(id)),
    args: rolls.map(({ idleEndsAt }) => idleEndsAt),
  }),
  decode: oneOf("ok"),
});
