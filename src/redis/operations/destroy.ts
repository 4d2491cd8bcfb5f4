import type { EventType } from "../../core/event.js";
import type { Note } from "../../core/ports.js";
import type { EndReason } from "../../core/tombstone.js";
import type { SessionId } from "../../core/token.js";
import type { Context, StoreContext } from "../context.js";
import type { Known } from "../known-sessions.js";
import { type Found, whyOver } from "../reader.js";
import { isCorrupt } from "../record.js";
import { destroyScript } from "../scripts/destroy.js";
import { encodeTombstone } from "../tombstone.js";

/** The event that tells of an end. A rotation tells of itself when the new session is there. */
const eventOf: Readonly<Record<Exclude<EndReason, "rotated" | "limit">, EventType>> = {
  logout: "destroyed",
  revoked: "revoked",
  cutoff: "revoked",
  expired: "expired",
};

/** Ends one session; resolves to whether it was there. One that was over already ends as what it was over by. */
export async function destroy(context: StoreContext, id: SessionId): Promise<boolean> {
  const known = context.known?.get(id);
  if (known !== undefined && context.settings.clock() < known.endsAt) {
    context.known?.forget(id);
    const ended = await endKnown(context, id, known);
    if (ended !== "cut off") return ended;
  }
  const found = await context.reader.one(id);
  if (found === undefined) return false;
  const lapse = whyOver(found, context.settings.clock());
  if (lapse !== undefined) {
    await end(context, [found], lapse === "revoked" ? "cutoff" : "expired");
    return false;
  }
  const [ended] = await end(context, [found], "logout");
  if (ended instanceof Error) throw ended;
  return ended === true;
}

/** Ends a session without reading it first. */
async function endKnown(
  context: StoreContext,
  id: SessionId,
  { user, createdAt }: Known,
): Promise<boolean | "cut off"> {
  const { scripts, settings, codec, eventsKept } = context;
  const at = settings.clock();
  const outcome = await scripts.run(destroyScript, {
    id,
    user,
    tombstone: encodeTombstone({ ended: "logout", at }),
    tombstoneMs: settings.tombstoneMs,
    event: { type: eventOf.logout, at, user },
    eventsKept,
    unlessRevoked: { createdAt },
  });
  if (outcome === undefined || outcome === "cut off") return outcome ?? false;
  // An operator may have brought its end forward since.
  const record = codec.decode(id, outcome.record);
  return isCorrupt(record) || at < record.endsAt;
}

/** Ends sessions that were found; for each, whether it was still there, or what failed. */
export async function end(
  { scripts, settings, eventsKept }: Context,
  sessions: readonly Pick<Found, "id" | "record">[],
  ended: keyof typeof eventOf,
  note: Note = {},
): Promise<(boolean | Error)[]> {
  const at = settings.clock();
  const tombstone = encodeTombstone({ ended, at, ...note });
  const reason = note.reason ?? (ended === "cutoff" ? "cutoff" : undefined);
  const outcomes = await scripts.each(
    destroyScript,
    sessions.map(({ id, record }) => {
      const user = isCorrupt(record) ? undefined : record.user;
      return {
        id,
        user,
        tombstone,
        tombstoneMs: settings.tombstoneMs,
        event: { type: eventOf[ended], at, user, reason, actor: note.actor },
        eventsKept,
      };
    }),
  );
  return outcomes.map((outcome) => (outcome instanceof Error ? outcome : outcome !== undefined));
}
