import { SessctlError } from "../../core/errors.js";
import type { Change, DirectorySession } from "../../core/ports.js";
import type { Stored } from "../../layouts/layout.js";
import type { AppliedLayout } from "../../layouts/session-of.js";
import { chunks } from "../batches.js";
import type { BytesReply, Commands } from "../commands.js";
import { carryOut } from "./steps.js";

/** A session as it is stored and as it reads. */
export interface Found {
  readonly stored: Stored;
  readonly session: DirectorySession;
}

/** Sessions whose further keys are worked on at once. */
const together = 50;

/** Ends sessions: first the key that makes each valid, then what goes with it. One that fails does not stop the others. */
export async function revoke(commands: Commands, applied: AppliedLayout, found: readonly Found[]): Promise<Change[]> {
  const replies = await commands.manyBytes(found.map(({ stored }) => ["UNLINK", stored.key]));
  return await eachOf(found, replies, "revoked", async ({ stored, session }) => {
    // What cannot be read does not tell what goes with it.
    if (session.corrupt === undefined)
      await carryOut(commands, applied.prefix, applied.layout.belongings?.(stored) ?? []);
  });
}

/** Brings the end of sessions forward. One that fails does not stop the others. */
export async function expire(commands: Commands, found: readonly Found[], endsAt: number): Promise<Change[]> {
  const later = found.filter(({ session }) => endOf(session) > endsAt);
  const replies = await commands.manyBytes(
    later.map(({ stored }) => ["PEXPIREAT", stored.key, Math.ceil(endsAt), "LT"]),
  );
  const changes = await eachOf(later, replies, "expired", () => Promise.resolve());
  const sooner = found.filter(({ session }) => endOf(session) <= endsAt);
  return [...changes, ...sooner.map(({ session: { id } }): Change => ({ id, outcome: "unchanged" }))];
}

function endOf({ idleEndsAt = Infinity, endsAt = Infinity }: DirectorySession): number {
  return Math.min(idleEndsAt, endsAt);
}

/** What became of each: `gone` where its key was, else whatever `rest` makes of it. */
async function eachOf(
  found: readonly Found[],
  replies: readonly (BytesReply | Error)[],
  done: "revoked" | "expired",
  rest: (found: Found) => Promise<void>,
): Promise<Change[]> {
  const changes: Change[] = [];
  const numbered = found.map((one, n) => ({ one, reply: replies[n] ?? null }));
  for (const some of chunks(numbered, together)) {
    changes.push(
      ...(await Promise.all(
        some.map(async ({ one, reply }): Promise<Change> => {
          const { id } = one.session;
          try {
            if (reply instanceof Error) throw reply;
            if (Number(reply) === 0) return { id, outcome: "gone" };
            await rest(one);
            return { id, outcome: done };
          } catch (error) {
            if (error instanceof SessctlError && isOfOne(error)) return { id, outcome: "failed", error };
            throw error;
          }
        }),
      )),
    );
  }
  return changes;
}

/** Whether a failure is of one session, and not of the connection. */
function isOfOne({ code }: SessctlError): boolean {
  return !["unreachable", "timeout", "closed", "unavailable"].includes(code);
}
