import { judgeClient } from "../../core/binding.js";
import type { Accepted, Refusal } from "../../core/ports.js";
import { type Client, type SessionRecord, toSession } from "../../core/session.js";
import { type SessionId, shardOfId } from "../../core/token.js";
import type { StoreContext } from "../context.js";
import { encodeEventOf, type EventFields } from "../events.js";
import { updateScript } from "../scripts/update.js";
import type { Lapsed, Valid } from "../validator.js";
import { end } from "./destroy.js";
import { refusalOf, validRecord } from "./valid-record.js";

/** Others that write the same record win at most so often before the sighting is left to the next request. */
const attempts = 5;

/** A dead token or a refused client is told of at most once in so many ms for each session, by each process. */
const reportEveryMs = 60_000;

const mismatch: Refusal = { ok: false, reason: "mismatch" };

/** Checks a session, judges the client when one is given, and rolls the idle window of what was accepted. */
export function validate(
  context: StoreContext,
  id: SessionId,
  client: Client | undefined,
): Promise<Accepted | Refusal> {
  return new Promise((resolve, reject) => {
    const settle = (checked: Valid | Lapsed | undefined) => {
      // What goes wrong with one of those that came together is no other's failure.
      try {
        if (checked?.ok === true && isKnown(context, checked, client))
          resolve(accepted(context, id, checked.record, checked.at));
        else resolve(considered(context, id, checked, client));
      } catch (error) {
        reject(error);
      }
    };
    context.validator.check(id, settle, reject);
  });
}

/** Whether there is nothing new about the client. */
function isKnown({ settings, clients }: StoreContext, { record, at }: Valid, client: Client | undefined): boolean {
  return client === undefined || judgeClient(record, client, at, settings.binding, clients).verdict === "known";
}

/** What becomes of a request about which there is something to write. */
async function considered(
  context: StoreContext,
  id: SessionId,
  checked: Valid | Lapsed | undefined,
  client: Client | undefined,
): Promise<Accepted | Refusal> {
  if (checked === undefined) return replayed(context, id, client);
  if (!checked.ok) return removed(context, id, checked);
  const record = client === undefined ? checked.record : await seen(context, id, checked, client, checked.at);
  return "ok" in record ? record : accepted(context, id, record, checked.at);
}

/** Lets a request through: the idle window begins anew. */
function accepted(
  { roller, live, known }: StoreContext,
  id: SessionId,
  record: SessionRecord,
  now: number,
): Accepted | Promise<Accepted> {
  const session = toSession(id, record, now);
  live.touch(id, now);
  known?.remember(id, session);
  const rolled = roller.roll(id, now, record.idleMs);
  return rolled === undefined ? { ok: true, session } : rolled.then(() => ({ ok: true, session }));
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
  const command = ["XADD", stream, "MAXLEN", "~", eventsKept, "*", "e", encodeEventOf(id, event)] as const;
  await commands.run(command).catch(() => undefined);
}
