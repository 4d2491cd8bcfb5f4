import { lastSeenAt } from "../../core/lifetime.js";
import { type Session, toSession } from "../../core/session.js";
import type { Context } from "../context.js";
import { isCorrupt } from "../record.js";

/** A user's live sessions, most recently active first. */
export async function listUser({ commands, keys, reader, settings }: Context, user: string): Promise<Session[]> {
  const ids = await commands.run(["ZRANGE", keys.user(user), 0, -1]);
  const found = await reader.read(Array.isArray(ids) ? ids.map(String) : [], settings.clock());
  return found
    .flatMap(({ id, record, idleEndsAt }) => {
      if (isCorrupt(record) || record.user !== user) return [];
      return [toSession(id, record, lastSeenAt(record, idleEndsAt))];
    })
    .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
}
