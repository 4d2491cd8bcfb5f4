import { SessctlError } from "../../core/errors.js";
import { checkedExcept } from "../../core/input.js";
import type { RevokeUserOptions } from "../../core/ports.js";
import type { SessionId } from "../../core/token.js";
import { chunks } from "../batches.js";
import type { Context } from "../context.js";
import { revokeUserScript } from "../scripts/revoke-user.js";
import { encodeTombstone } from "../tombstone.js";

/** Most sessions ended by one script call. */
const batchLength = 200;
/** Each round ends what logged in during the round before. */
const rounds = 1000;

/** Ends a user's sessions until the index holds none but the one that stays; resolves to how many it ended. */
export async function revokeUser(context: Context, user: string, options: RevokeUserOptions): Promise<number> {
  const { commands, keys, scripts, settings } = context;
  const { except: stays, ...note } = options;
  const except = checkedExcept(stays);
  const at = settings.clock();
  const tombstone = encodeTombstone({ ended: "revoked", at, ...note });
  let total = 0;
  let pending = idsOf(await commands.run(["ZRANGE", keys.user(user), 0, -1]), except);
  for (let round = 0; pending.length > 0; round++) {
    if (round === rounds) {
      throw new SessctlError(
        "conflict",
        `sessions of this user were created as fast as they were ended; ended ${total}`,
        {
          hint: "Stop the logins of this user first.",
        },
      );
    }
    for (const ids of chunks(pending, batchLength)) {
      const { ended, others } = await scripts.run(revokeUserScript, {
        user,
        ids,
        tombstone,
        tombstoneMs: settings.tombstoneMs,
        event: { type: "revoked", at, user, ...note },
        eventsKept: context.eventsKept,
      });
      total += ended;
      pending = idsOf([...others], except);
    }
  }
  return total;
}

function idsOf(reply: unknown, except: SessionId | undefined): SessionId[] {
  return Array.isArray(reply) ? reply.map(String).filter((id) => id !== except) : [];
}
