import { type SessionId, shardOfId } from "../../core/token.js";
import { defineScript } from "../script.js";
import { encodeEvent, type EventFields } from "../events.js";
import source from "./destroy.lua";

interface Destroy {
  readonly id: SessionId;
  readonly user: string | undefined;
  readonly tombstone: string;
  readonly tombstoneMs: number;
  /** `undefined` when another event will tell of it. */
  readonly event: EventFields | undefined;
  readonly eventsKept: number;
}

export const destroyScript = defineScript(source, {
  call: ({ id, user, tombstone, tombstoneMs, event, eventsKept }: Destroy, keys) => {
    const shard = shardOfId(id);
    return {
      keys: [
        keys.session(id),
        keys.gone(id),
        keys.live(shard),
        keys.flagged(shard),
        keys.events(shard),
        ...(user === undefined ? [] : [keys.user(user)]),
      ],
      args: [id, tombstone, tombstoneMs, eventsKept, ...(event === undefined ? [] : encodeEvent(event))],
    };
  },
  /** The record that was ended, empty when it was no string; `undefined` when there was none. */
  decode: (reply): string | undefined => (reply === null ? undefined : typeof reply === "string" ? reply : ""),
});
