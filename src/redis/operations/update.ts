import { setTimeout as wait } from "node:timers/promises";
import { SessctlError } from "../../core/errors.js";
import { encodeData } from "../../core/input.js";
import { lastSeenAt } from "../../core/lifetime.js";
import type { Accepted, Refusal } from "../../core/ports.js";
import { type SessionData, type SessionRecord, toSession } from "../../core/session.js";
import type { SessionId } from "../../core/token.js";
import type { Context } from "../context.js";
import { updateScript } from "../scripts/update.js";
import { refusalOf, validRecord } from "./valid-record.js";

/** Each lost attempt means that somebody else's succeeded, so this many writers can be at one session at once. */
const attempts = 100;
/** Longest pause between two attempts. */
const longestPauseMs = 32;

/** Replaces a session's data, as often as it takes to have changed the newest. */
export async function update(
  context: Context,
  id: SessionId,
  change: (data: SessionData) => SessionData,
): Promise<Accepted | Refusal> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 1) await wait(Math.random() * Math.min(2 ** attempt, longestPauseMs));
    const current = await validRecord(context, id);
    if (!current.ok) return current;
    const data = encodeData(change(current.record.data), context.settings.maxDataBytes);
    const record: SessionRecord = { ...current.record, data: JSON.parse(data) as SessionData };
    const outcome = await context.scripts.run(updateScript, {
      id,
      expected: current.stored,
      record: context.codec.encode(id, record),
    });
    if (outcome === "gone") return refusalOf(context, id);
    if (outcome === "ok") return { ok: true, session: toSession(id, record, lastSeenAt(record, current.idleEndsAt)) };
  }
  throw new SessctlError("conflict", `session ${id.slice(0, 8)} changed ${attempts} times while it was being updated`, {
    hint: "Change one session from fewer places at once.",
  });
}
