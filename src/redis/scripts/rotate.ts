import { type SessionId, shardOfId } from "../../core/token.js";
import { defineScript, oneOf } from "../script.js";
import { encodeEvent, type EventFields } from "../events.js";
import source from "./rotate.lua";

interface Rotate {
  readonly oldId: SessionId;
  /** On the same shard as `oldId`. */
  readonly newId: SessionId;
  readonly user: string | undefined;
  readonly expected: string;
  readonly record: string;
  readonly now: number;
  readonly idleEndsAt: number;
  readonly endsAt: number;
  readonly tombstone: string;
  readonly tombstoneMs: number;
  readonly keepFlag: boolean;
  readonly event: EventFields;
  readonly eventsKept: number;
}

export const rotateScript = defineScript(source, {
  call: (input: Rotate, keys) => {
    const { oldId, newId, user } = input;
    const shard = shardOfId(newId);
    return {
      keys: [
        keys.session(oldId),
        keys.session(newId),
        keys.gone(oldId),
        keys.live(shard),
        keys.flagged(shard),
        keys.events(shard),
        ...(user === undefined ? [] : [keys.user(user)]),
      ],
      args: [
        input.expected,
        input.record,
        oldId,
        newId,
        input.now,
        input.idleEndsAt,
        input.endsAt,
        input.tombstone,
        input.tombstoneMs,
        input.keepFlag ? "keep" : "clear",
        input.eventsKept,
        encodeEvent(input.event),
      ],
    };
  },
  decode: oneOf("ok", "gone", "conflict"),
});
