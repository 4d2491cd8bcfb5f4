import { type SessionId, shardOfUser } from "../../core/token.js";
import type { Reply } from "../commands.js";
import { defineScript } from "../script.js";
import source from "./revoke_user.lua";

interface RevokeUser {
  readonly user: string;
  readonly ids: readonly SessionId[];
  readonly tombstone: string;
  readonly tombstoneMs: number;
}

export const revokeUserScript = defineScript(source, {
  call: ({ user, ids, tombstone, tombstoneMs }: RevokeUser, keys) => {
    const shard = shardOfUser(user);
    return {
      keys: [
        keys.user(user),
        keys.live(shard),
        keys.flagged(shard),
        ...ids.map((id) => keys.session(id)),
        ...ids.map((id) => keys.gone(id)),
      ],
      args: [tombstone, tombstoneMs, ...ids],
    };
  },
  decode: (reply): { readonly ended: number; readonly others: readonly SessionId[] } => {
    const [ended, others] = reply as [number, Reply[]];
    return { ended, others: others.map(String) };
  },
});
