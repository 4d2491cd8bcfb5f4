import { type SessionId, shardOfId } from "../../core/token.js";
import { defineScript, oneOf } from "../script.js";
import source from "./reindex.lua";

interface Reindex {
  readonly id: SessionId;
  /** The record that the rest was taken from; empty when it cannot be decoded. */
  readonly expected: string;
  readonly user: string | undefined;
  /** `undefined` when it is not known. */
  readonly idleMs: number | undefined;
  /** Where the TTL does not tell it. */
  readonly lastSeenAt: number;
  readonly toleranceMs: number;
  readonly endsAt: number;
  /** When the client switched, of a session that is to be flagged. */
  readonly switchedAt: number | undefined;
}

export const reindexScript = defineScript(source, {
  call: ({ id, expected, user, idleMs, lastSeenAt, toleranceMs, endsAt, switchedAt }: Reindex, keys) => {
    const shard = shardOfId(id);
    return {
      keys: [keys.session(id), keys.live(shard), keys.flagged(shard), ...(user === undefined ? [] : [keys.user(user)])],
      args: [expected, id, idleMs ?? "", lastSeenAt, toleranceMs, endsAt, switchedAt ?? ""],
    };
  },
  decode: oneOf("ok", "gone", "conflict"),
});
