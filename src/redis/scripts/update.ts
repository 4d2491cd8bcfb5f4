import { type SessionId, shardOfId } from "../../core/token.js";
import { defineScript, oneOf } from "../script.js";
import { encodeEvent, type EventFields } from "../events.js";
import source from "./update.lua";

interface Update {
  readonly id: SessionId;
  readonly expected: string;
  readonly record: string;
  /** An index in which the session gets another score, and the event to be told with it. */
  readonly index?:
    | { readonly key: string; readonly score: number; readonly event?: EventFields; readonly eventsKept: number }
    | undefined;
}

export const updateScript = defineScript(source, {
  call: ({ id, expected, record, index }: Update, keys) => ({
    keys: [keys.session(id), ...(index === undefined ? [] : [index.key, keys.events(shardOfId(id))])],
    args: [
      expected,
      record,
      id,
      ...(index === undefined
        ? [""]
        : [index.score, index.eventsKept, ...(index.event === undefined ? [] : [encodeEvent(index.event)])]),
    ],
  }),
  decode: oneOf("ok", "gone", "conflict"),
});
