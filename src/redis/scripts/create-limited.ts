import { type SessionId, shardOfId } from "../../core/token.js";
import { encodeEvent, type EventFields } from "../events.js";
import { defineScript, oneOf } from "../script.js";
import type { Create } from "./create.js";
import source from "./create_limited.lua";

interface CreateLimited extends Create {
  readonly user: string;
  /** The user's sessions that the caller found in the index, oldest first. */
  readonly known: readonly SessionId[];
  readonly maxPerUser: number;
  readonly onLimit: "revoke-oldest" | "refuse";
  readonly tombstone: string;
  readonly tombstoneMs: number;
  /** Of a session that makes room. */
  readonly endEvent: EventFields;
}

export const createLimitedScript = defineScript(source, {
  call: (input: CreateLimited, keys) => {
    const { id, user, known } = input;
    const shard = shardOfId(id);
    return {
      keys: [
        keys.session(id),
        keys.live(shard),
        keys.events(shard),
        keys.user(user),
        keys.flagged(shard),
        ...known.map((other) => keys.session(other)),
        ...known.map((other) => keys.gone(other)),
      ],
      args: [
        input.record,
        id,
        input.now,
        input.idleEndsAt,
        input.endsAt,
        input.eventsKept,
        input.maxPerUser,
        input.onLimit,
        input.tombstone,
        input.tombstoneMs,
        encodeEvent(input.endEvent),
        encodeEvent(input.event),
        ...known,
      ],
    };
  },
  decode: oneOf("ok", "exists", "limit", "stale"),
});
