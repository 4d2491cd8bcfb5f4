import { judgeClient } from "../../core/binding.js";
import type { Accepted, Refusal } from "../../core/ports.js";
import { type Client, type SessionRecord, toSession } from "../../core/session.js";
import { type SessionId, shardOfId } from "../../core/token.js";
import type { StoreContext } from "../context.js";
import { encodeEvent, type EventFields } from "../events.js";
import { updateScript } from "../scripts/update.js";
import type { Lapsed } from "../validator.js";
import { end } from "./destroy.js";
import { refusalOf, validRecord } from "./valid-record.js";

/** Others that write the same record win at most so often before the sighting is left to the next request. */
const attempts = 5;

/** A dead token or a refused client is told of at most once in so many ms for each session, by each process. */
const reportEveryMs = 60_000;

const mismatch: Refusal = { ok: false, reason: "mismatch" };

/** Checks a session, judges the client when one is given, and rolls the idle window of what was accepted. */
export async function validate(
  context: StoreContext,
  id: SessionId,
  client: Client | undefined,
): Promise<Accepted | Refusal> {
  const checked = await context.validator.check(id);
  if (checked === undefined) return replayed(context, id, client);
  if (!checked.ok) return removed(context, id, checked);
  const now = checked.at;
  const record = client === undefined ? checked.record : await seen(context, id, checked, client, now);
  if ("ok" in record) return record;
  await context.roller.roll(id, now, record.idleMs);
  return { ok: true, session: toSession(id, record, now) };
}

/** The refusal of a token whose session is gone, told as an event when it once was a good one. */
async function replayed(context: StoreContext, id: SessionId, client: Client | undefined): Promise<Refusal> {
  const refusal = await refusalOf(context, id);
  const { reason } = refusal;
  if (reason === "rotated" || reason === "revoked" || reason === "logout") {
    await report(context, id, { type: "replayed", at: context.settings.clock(), ...client, reason });
  }
  return refusal;
}

/** Removes a session that is over, and remembers why. */
async function removed(context: StoreContext, id: SessionId, { reason, record }: Lapsed): Promise<Refusal> {
  await end(context, [{ id, record }], reason === "revoked" ? "cutoff" : "expired");
  return { ok: false, reason };
}

/** The record with the client on it, written if that is news, or why the client is turned away. */
async function seen(
  context: StoreContext,
  id: SessionId,
  checked: { readonly stored: string; readonly record: SessionRecord },
  client: Client,
  now: number,
): Promise<SessionRecord | Refusal> {
  const { settings, clients, keys, codec, scripts, eventsKept } = context;
  let { stored, record } = checked;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const judged = judgeClient(record, client, now, settings.binding, clients);
    if (judged.verdict === "known") return record;
    if (judged.verdict === "mismatch") return turnedAway(context, id, record, client, now);
    const event: EventFields = { type: "switched", at: now, user: record.user, ...client };
    const outcome = await scripts.run(updateScript, {
      id,
      expected: stored,
      record: codec.encode(id, judged.record),
      index: judged.switched ? { key: keys.flagged(shardOfId(id)), score: now, event, eventsKept } : undefined,
    });
    if (outcome === "ok") return judged.record;
    const current = outcome === "gone" ? await refusalOf(context, id) : await validRecord(context, id);
    if (!current.ok) return current;
    ({ stored, record } = current);
  }
  return record;
}

/** What the binding asks for when a client does not match it. */
async function turnedAway(
  context: StoreContext,
  id: SessionId,
  record: SessionRecord,
  client: Client,
  now: number,
): Promise<Refusal> {
  const event: EventFields = { type: "refused", at: now, user: record.user, ...client };
  await report(context, id, event);
  if (context.settings.binding.onMismatch === "revoke") {
    await end(context, [{ id, record }], "revoked", { reason: "client mismatch" });
  }
  return mismatch;
}

/** Tells of an event as well as it can: whether it can be written changes nothing about the answer. */
async function report({ commands, keys, reports, eventsKept }: StoreContext, id: SessionId, event: EventFields) {
  if (!reports.pass(`${event.type} ${id}`, event.at, reportEveryMs)) return;
  const stream = keys.events(shardOfId(id));
  const command = ["XADD", stream, "MAXLEN", "~", eventsKept, "*", "id", id, ...encodeEvent(event)] as const;
  await commands.run(command).catch(() => undefined);
}
