import { type SessionId, shardOfId } from "../../core/token.js";
import { defineScript, oneOf } from "../script.js";
import { encodeEvent, type EventFields } from "../events.js";
import source from "./create.lua";

/** A new session, as create.lua writes it. */
export interface Create {
  readonly id: SessionId;
  readonly user: string | undefined;
  readonly record: string;
  readonly now: number;
  readonly idleEndsAt: number;
  readonly endsAt: number;
  readonly event: EventFields;
  readonly eventsKept: number;
}

export const createScript = defineScript(source, {
  call: ({ id, user, record, now, idleEndsAt, endsAt, event, eventsKept }: Create, keys) => ({
    keys: [
      keys.session(id),
      keys.live(shardOfId(id)),
      keys.events(shardOfId(id)),
      ...(user === undefined ? [] : [keys.user(user)]),
    ],
    args: [record, id, now, idleEndsAt, endsAt, eventsKept, encodeEvent(event)],
  }),
  decode: oneOf("ok", "exists"),
});
