import { SessctlError } from "../../core/errors.js";
import { IssuedSession } from "../../core/issued.js";
import type { Issued, Refusal, RotateOptions } from "../../core/ports.js";
import { type Client, type SessionRecord, toSession } from "../../core/session.js";
import { idOfToken, newToken, type SessionId, shardOfId, shardOfUser } from "../../core/token.js";
import { checkRotation, rotated } from "../../core/transitions.js";
import type { Context } from "../context.js";
import { isCorrupt } from "../record.js";
import { destroyScript } from "../scripts/destroy.js";
import { rotateScript } from "../scripts/rotate.js";
import { encodeTombstone } from "../tombstone.js";
import { refuseOverLimit, write } from "./create.js";
import { refusalOf, type ValidRecord, validRecord } from "./valid-record.js";

/** Each lost attempt means that somebody else changed the session. */
const attempts = 100;

/** Gives a session a new token. */
export async function rotate(context: Context, id: SessionId, options: RotateOptions): Promise<Issued | Refusal> {
  checkRotation(options, context.settings);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const current = await validRecord(context, id);
    if (!current.ok) return current;
    if (mustMove(context, current.record, id, options)) return move(context, id, current, options);
    const next = await rotateInPlace(context, id, current, options);
    if (next === "gone") return refusalOf(context, id);
    if (next !== "conflict") return next;
  }
  throw new SessctlError("conflict", `session ${id.slice(0, 8)} changed ${attempts} times while it was being rotated`);
}

/** Whether the session gets another user's shard, index or limit, which the script of a rotation does not reach. */
function mustMove({ settings }: Context, { user }: SessionRecord, id: SessionId, options: RotateOptions): boolean {
  if (options.user === undefined || options.user === user) return false;
  return user !== undefined || settings.maxPerUser !== Infinity || shardOfUser(options.user) !== shardOfId(id);
}

async function rotateInPlace(
  context: Context,
  oldId: SessionId,
  { stored, record: before }: ValidRecord,
  options: RotateOptions,
): Promise<Issued | "gone" | "conflict"> {
  const { settings, scripts, codec } = context;
  const now = settings.clock();
  const record = rotated(before, options, settings, now);
  const token = newToken(shardOfId(oldId), settings.random);
  const newId = idOfToken(token);
  const outcome = await scripts.run(rotateScript, {
    oldId,
    newId,
    user: record.user,
    expected: stored,
    record: codec.encode(newId, record),
    now,
    idleEndsAt: now + record.idleMs,
    endsAt: record.endsAt,
    tombstone: encodeTombstone({ ended: "rotated", at: now }),
    tombstoneMs: settings.tombstoneMs,
    keepFlag: options.user === undefined,
    event: { type: "rotated", at: now, user: record.user, previousId: oldId, ...lastClient(record) },
    eventsKept: context.eventsKept,
  });
  return outcome === "ok" ? new IssuedSession(token, toSession(newId, record, now)) : outcome;
}

/** Ends the old session, then starts the new one: whatever happens between the two, there are never two. */
async function move(
  context: Context,
  id: SessionId,
  current: ValidRecord,
  options: RotateOptions,
): Promise<Issued | Refusal> {
  const { settings, scripts, codec } = context;
  const now = settings.clock();
  await refuseOverLimit(context, options.user);
  const taken = await scripts.run(destroyScript, {
    id,
    user: current.record.user,
    tombstone: encodeTombstone({ ended: "rotated", at: now }),
    tombstoneMs: settings.tombstoneMs,
    event: undefined,
    eventsKept: context.eventsKept,
  });
  if (taken === undefined || taken === "cut off") return refusalOf(context, id);
  const record = codec.decode(id, taken.record);
  if (isCorrupt(record)) return { ok: false, reason: "unknown" };
  return write(context, rotated(record, options, settings, now), id);
}

/** Who rotated: whoever presents the old token afterwards should be nobody else. */
function lastClient({ sightings }: SessionRecord): Client {
  const { ip, userAgent } = sightings.at(-1) ?? sightings[0];
  return { ip, userAgent };
}
