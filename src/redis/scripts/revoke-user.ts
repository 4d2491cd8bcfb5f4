import { type SessionId, shardOfUser } from "../../core/token.js";
import type { Reply } from "../commands.js";
import { defineScript } from "../script.js";
import { encodeEvent, type EventFields } from "../events.js";
import source from "./revoke_user.lua";

interface RevokeUser {
  readonly user: string;
  readonly ids: readonly SessionId[];
  readonly tombstone: string;
  readonly tombstoneMs: number;
  readonly event: EventFields;
  readonly eventsKept: number;
}

export const revokeUserScript = defineScript(source, {
  call: ({ user, ids, tombstone, tombstoneMs, event, eventsKept }: RevokeUser, keys) => {
    const shard = shardOfUser(user);
    return {
      keys: [
        keys.user(user),
        keys.live(shard),
        keys.flagged(shard),
        keys.events(shard),
        ...ids.map((id) => keys.session(id)),
        ...ids.map((id) => keys.gone(id)),
      ],
      args: [tombstone, tombstoneMs, eventsKept, encodeEvent(event), ...ids],
    };
  },
  decode: (reply): { readonly ended: number; readonly others: readonly SessionId[] } => {
    const [ended, others] = reply as [Reply, Reply[]];
    return { ended: Number(ended), others: others.map(String) };
  },
});
