import { lapse } from "../../core/lifetime.js";
import type { Refusal } from "../../core/ports.js";
import type { SessionRecord } from "../../core/session.js";
import { refusalAfter } from "../../core/tombstone.js";
import type { SessionId } from "../../core/token.js";
import type { Context } from "../context.js";
import { isCorrupt } from "../record.js";
import { endReasonOf } from "../tombstone.js";

/** A stored record that is valid now, with its text to compare against when it is replaced. */
export interface ValidRecord {
  readonly ok: true;
  readonly stored: string;
  readonly record: SessionRecord;
  readonly idleEndsAt: number;
}

/** Reads a session without rolling its idle window, or tells why it is none. */
export async function validRecord(context: Context, id: SessionId): Promise<ValidRecord | Refusal> {
  const found = await context.reader.one(id);
  if (found === undefined) return refusalOf(context, id);
  const { stored, record, idleEndsAt, cutoff } = found;
  if (isCorrupt(record)) return { ok: false, reason: "unknown" };
  const reason = lapse(record, idleEndsAt, cutoff, context.settings.clock());
  return reason === undefined ? { ok: true, stored, record, idleEndsAt } : { ok: false, reason };
}

/** Why a session that is not stored is gone, as far as that is remembered. */
export async function refusalOf({ commands, keys }: Context, id: SessionId): Promise<Refusal> {
  return refusalAfter(endReasonOf(await commands.run(["GET", keys.gone(id)])));
}
