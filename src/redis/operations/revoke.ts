import { SessctlError } from "../../core/errors.js";
import type { Change, Note } from "../../core/ports.js";
import type { SessionId } from "../../core/token.js";
import { chunks } from "../batches.js";
import type { Context } from "../context.js";
import { end } from "./destroy.js";

/** Sessions ended at once. */
const batchLength = 500;

/** Ends sessions by id, corrupt ones included. */
export async function revoke(context: Context, ids: readonly SessionId[], note: Note = {}): Promise<Change[]> {
  const changes = new Map<SessionId, Change>();
  for (const batch of chunks([...new Set(ids)], batchLength)) {
    const found = await context.reader.all(batch);
    const outcomes = await end(context, found, "revoked", note);
    for (const [n, { id }] of found.entries()) changes.set(id, changeOf(id, outcomes[n]));
  }
  return ids.map((id) => changes.get(id) ?? { id, outcome: "gone" });
}

function changeOf(id: SessionId, ended: boolean | Error | undefined): Change {
  if (ended instanceof SessctlError) return { id, outcome: "failed", error: ended };
  if (ended instanceof Error) throw ended;
  return { id, outcome: ended === true ? "revoked" : "gone" };
}
