import { SessctlError } from "../../core/errors.js";
import type { Change } from "../../core/ports.js";
import type { SessionRecord } from "../../core/session.js";
import type { SessionId } from "../../core/token.js";
import { chunks } from "../batches.js";
import type { Context } from "../context.js";
import { isCorrupt } from "../record.js";
import { updateScript } from "../scripts/update.js";

/** Sessions changed at once. */
const batchLength = 500;
/** A session that its own requests keep changing is tried so often. */
const attempts = 100;

/** Brings the deadline of sessions forward. */
export async function expire(context: Context, ids: readonly SessionId[], endsAt: number): Promise<Change[]> {
  const changes = new Map<SessionId, Change>();
  for (const batch of chunks([...new Set(ids)], batchLength)) {
    let pending = batch;
    for (let attempt = 0; pending.length > 0 && attempt < attempts; attempt++) {
      const outcomes = await tryOnce(context, pending, endsAt);
      pending = outcomes.filter((outcome) => typeof outcome === "string");
      for (const outcome of outcomes) if (typeof outcome !== "string") changes.set(outcome.id, outcome);
    }
    for (const id of pending) changes.set(id, failed(id, new SessctlError("conflict", "the session kept changing")));
  }
  return ids.map((id) => changes.get(id) ?? { id, outcome: "gone" });
}

/** One round of compare-and-set over sessions; those that others changed meanwhile come back as mere ids. */
async function tryOnce(context: Context, ids: readonly SessionId[], endsAt: number): Promise<(Change | SessionId)[]> {
  const found = await context.reader.all(ids);
  const settled: Change[] = [];
  const updates: { id: SessionId; expected: string; record: SessionRecord }[] = [];
  for (const { id, stored, record } of found) {
    if (isCorrupt(record)) settled.push(failed(id, corruptError(record.corrupt)));
    else if (record.endsAt <= endsAt) settled.push({ id, outcome: "unchanged" });
    else updates.push({ id, expected: stored, record: { ...record, endsAt } });
  }
  const outcomes = await context.scripts.each(
    updateScript,
    updates.map(({ id, expected, record }) => ({
      id,
      expected,
      record: context.codec.encode(id, record),
      index:
        record.user === undefined
          ? undefined
          : { key: context.keys.user(record.user), score: endsAt, eventsKept: context.eventsKept },
    })),
  );
  const written = updates.map(({ id }, n): Change | SessionId => {
    const outcome = outcomes[n];
    if (outcome instanceof SessctlError) return failed(id, outcome);
    if (outcome instanceof Error) throw outcome;
    if (outcome === "conflict") return id;
    return { id, outcome: outcome === "ok" ? "expired" : "gone" };
  });
  return [...settled, ...written];
}

function failed(id: SessionId, error: SessctlError): Change {
  return { id, outcome: "failed", error };
}

function corruptError(why: string): SessctlError {
  return new SessctlError("unsupported", `its record cannot be decoded: ${why}`, { hint: "Revoke it instead." });
}
