import type { SessionId } from "../../core/token.js";
import { defineScript, oneOf } from "../script.js";
import source from "./update.lua";

interface Update {
  readonly id: SessionId;
  readonly expected: string;
  readonly record: string;
  /** An index in which the session gets another score; its key. */
  readonly index?: { readonly key: string; readonly score: number } | undefined;
}

export const updateScript = defineScript(source, {
  call: ({ id, expected, record, index }: Update, keys) => ({
    keys: [keys.session(id), ...(index === undefined ? [] : [index.key])],
    args: [expected, record, id, index?.score ?? ""],
  }),
  decode: oneOf("ok", "gone", "conflict"),
});
