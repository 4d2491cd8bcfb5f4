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
  /** When the session was created (ms), to leave it alone should a cutoff have revoked it. */
  readonly unlessRevoked?: { readonly createdAt: number };
}

export const destroyScript = defineScript(source, {
  call: ({ id, user, tombstone, tombstoneMs, event, eventsKept, unlessRevoked }: Destroy, keys) => {
    const shard = shardOfId(id);
    return {
      keys: [
        keys.session(id),
        keys.gone(id),
        keys.live(shard),
        keys.flagged(shard),
        keys.events(shard),
        keys.cutoff(shard),
        ...(user === undefined ? [] : [keys.user(user)]),
      ],
      args: [
        id,
        tombstone,
        tombstoneMs,
        eventsKept,
        unlessRevoked?.createdAt ?? "",
        event === undefined ? "" : encodeEvent(event),
      ],
    };
  },
  /** What was ended: `record` is empty when it was no string. `undefined` when there was none. */
  decode: (reply): { readonly record: string } | "cut off" | undefined => {
    if (reply === null) return undefined;
    return reply === 1 ? "cut off" : { record: typeof reply === "string" ? reply : "" };
  },
});
