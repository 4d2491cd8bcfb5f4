import type { Note } from "../../core/ports.js";
import type { EndReason } from "../../core/tombstone.js";
import type { SessionId } from "../../core/token.js";
import type { Context } from "../context.js";
import type { Found } from "../reader.js";
import { isCorrupt } from "../record.js";
import { destroyScript } from "../scripts/destroy.js";
import { encodeTombstone } from "../tombstone.js";

/** Ends one session; resolves to whether it was there. */
export async function destroy(context: Context, id: SessionId): Promise<boolean> {
  const found = await context.reader.one(id);
  if (found === undefined) return false;
  const [ended] = await end(context, [found], "logout");
  if (ended instanceof Error) throw ended;
  return ended === true;
}

/** Ends sessions that were found; for each, whether it was still there, or what failed. */
export async function end(
  { scripts, settings }: Context,
  sessions: readonly Pick<Found, "id" | "record">[],
  ended: EndReason,
  note: Note = {},
): Promise<(boolean | Error)[]> {
  const tombstone = encodeTombstone({ ended, at: settings.clock(), ...note });
  const outcomes = await scripts.each(
    destroyScript,
    sessions.map(({ id, record }) => ({
      id,
      user: isCorrupt(record) ? undefined : record.user,
      tombstone,
      tombstoneMs: settings.tombstoneMs,
    })),
  );
  return outcomes.map((outcome) => (outcome instanceof Error ? outcome : outcome !== undefined));
}
