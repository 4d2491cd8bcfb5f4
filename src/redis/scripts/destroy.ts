import { type SessionId, shardOfId } from "../../core/token.js";
import { defineScript } from "../script.js";
import source from "./destroy.lua";

interface Destroy {
  readonly id: SessionId;
  readonly user: string | undefined;
  readonly tombstone: string;
  readonly tombstoneMs: number;
}

export const destroyScript = defineScript(source, {
  call: ({ id, user, tombstone, tombstoneMs }: Destroy, keys) => {
    const shard = shardOfId(id);
    return {
      keys: [
        keys.session(id),
        keys.gone(id),
        keys.live(shard),
        keys.flagged(shard),
        ...(user === undefined ? [] : [keys.user(user)]),
      ],
      args: [id, tombstone, tombstoneMs],
    };
  },
  /** The record that was ended, empty when it was no string; `undefined` when there was none. */
  decode: (reply): string | undefined => (reply === null ? undefined : typeof reply === "string" ? reply : ""),
});
