import { clientChange } from "../../core/binding.js";
import type { Accepted, Refusal } from "../../core/ports.js";
import { type Client, type SessionRecord, toSession, withSighting } from "../../core/session.js";
import type { SessionId } from "../../core/token.js";
import type { StoreContext } from "../context.js";
import { encodeRecord } from "../record.js";
import type { Lapsed } from "../validator.js";
import { updateScript } from "../scripts/update.js";
import { end } from "./destroy.js";
import { refusalOf, validRecord } from "./valid-record.js";

/** A session's list of clients is written at most once in so many ms. */
const sightingEveryMs = 1000;
/** Others that write the same record win at most so often before the sighting is left to the next request. */
const attempts = 5;

/** Checks a session, rolls its idle window, and writes the client down when it is a new one. */
export async function validate(
  context: StoreContext,
  id: SessionId,
  client: Client | undefined,
): Promise<Accepted | Refusal> {
  const checked = await context.validator.check(id);
  if (checked === undefined) return refusalOf(context, id);
  if (!checked.ok) return removed(context, id, checked);
  const now = checked.at;
  const record = client === undefined ? checked.record : await seen(context, id, checked, client, now);
  return record === undefined ? refusalOf(context, id) : { ok: true, session: toSession(id, record, now) };
}

/** Removes a session that is over, so that it is not rolled again, and remembers why. */
async function removed(context: StoreContext, id: SessionId, { reason, record }: Lapsed): Promise<Refusal> {
  await end(context, [{ id, record }], reason === "revoked" ? "cutoff" : "expired");
  return { ok: false, reason };
}

/** The record with the client on it, written if that is news; `undefined` when the session ended meanwhile. */
async function seen(
  context: StoreContext,
  id: SessionId,
  checked: { readonly stored: string; readonly record: SessionRecord },
  client: Client,
  now: number,
): Promise<SessionRecord | undefined> {
  let { stored, record } = checked;
  for (let attempt = 1; ; attempt++) {
    const last = record.sightings.at(-1) ?? record.sightings[0];
    const next = withSighting(record, client, now);
    if (next === record || now - last.at < sightingEveryMs || attempt > attempts) return record;
    const change = clientChange(last, client, context.clients);
    const outcome = await context.scripts.run(updateScript, {
      id,
      expected: stored,
      record: encodeRecord(next),
      index: change.network || change.agent ? { key: context.keys.flagged(id.slice(0, 2)), score: now } : undefined,
    });
    if (outcome === "ok") return next;
    const current = outcome === "gone" ? undefined : await validRecord(context, id);
    if (current?.ok !== true) return undefined;
    ({ stored, record } = current);
  }
}
