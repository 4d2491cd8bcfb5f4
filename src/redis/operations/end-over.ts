import type { Context } from "../context.js";
import { type Found, whyOver } from "../reader.js";
import { end } from "./destroy.js";

/** Ends those of the sessions found that are over but still stored, each with its reason; resolves to how many it ended. */
export async function endOver(context: Context, found: readonly Found[]): Promise<number> {
  const now = context.settings.clock();
  let ended = 0;
  for (const reason of ["revoked", "expired"] as const) {
    const over = found.filter((session) => whyOver(session, now) === reason);
    const outcomes = await end(context, over, reason === "revoked" ? "cutoff" : "expired");
    ended += outcomes.filter((outcome) => outcome === true).length;
  }
  return ended;
}
