import { limitReached, SessctlError } from "../../core/errors.js";
import { encodeData } from "../../core/input.js";
import { IssuedSession } from "../../core/issued.js";
import type { CreateOptions, Issued } from "../../core/ports.js";
import { type SessionData, type SessionRecord, toSession } from "../../core/session.js";
import { idOfToken, newToken, randomShard, type SessionId, type Shard, shardOfUser } from "../../core/token.js";
import { begun } from "../../core/transitions.js";
import type { Context } from "../context.js";
import { isCorrupt } from "../record.js";
import { type Create, createScript } from "../scripts/create.js";
import { createLimitedScript } from "../scripts/create-limited.js";
import { encodeTombstone } from "../tombstone.js";
import { endOver } from "./end-over.js";

/** Others that log the same user in make a limited creation look again; each look means that one of them got through. */
const attempts = 100;

/** Starts a session. */
export async function create(context: Context, options: CreateOptions): Promise<Issued> {
  const { settings } = context;
  const data = JSON.parse(encodeData(options.data ?? {}, settings.maxDataBytes)) as SessionData;
  return write(context, begun(options, data, settings, settings.clock()), undefined);
}

/** Writes a record as a new session under a fresh token; `previousId` when it continues another. */
export async function write(
  context: Context,
  record: SessionRecord,
  previousId: SessionId | undefined,
): Promise<Issued> {
  const { settings, codec, eventsKept } = context;
  const token = newToken(shardFor(context, record.user), settings.random);
  const id = idOfToken(token);
  const now = record.rotatedAt;
  const { ip, userAgent } = record.sightings[0];
  const session: Create = {
    id,
    user: record.user,
    record: codec.encode(id, record),
    now,
    idleEndsAt: now + record.idleMs,
    endsAt: record.endsAt,
    event: {
      type: previousId === undefined ? "created" : "rotated",
      at: now,
      user: record.user,
      ip,
      userAgent,
      previousId,
    },
    eventsKept,
  };
  const outcome = await send(context, session);
  // With 192 random bits this is a broken random source, and no token from it may be handed out.
  if (outcome === "exists") throw new Error("the random source repeated a session id");
  return new IssuedSession(token, toSession(id, record, now));
}

/** Throws `limit-reached` when a new session of this user would be refused by what is there now. */
export async function refuseOverLimit(context: Context, user: string | undefined): Promise<void> {
  const { maxPerUser, onLimit } = context.settings;
  if (user === undefined || onLimit !== "refuse" || maxPerUser === Infinity) return;
  const sessions = await context.reader.read(await indexOf(context, user), context.settings.clock());
  if (sessions.length >= maxPerUser) throw limitReached(maxPerUser);
}

async function send(context: Context, session: Create): Promise<"ok" | "exists"> {
  const { scripts, settings } = context;
  const { user, now } = session;
  if (user === undefined || settings.maxPerUser === Infinity) return scripts.run(createScript, session);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const outcome = await scripts.run(createLimitedScript, {
      ...session,
      user,
      known: await oldestFirst(context, user),
      maxPerUser: settings.maxPerUser,
      onLimit: settings.onLimit,
      tombstone: encodeTombstone({ ended: "limit", at: now }),
      tombstoneMs: settings.tombstoneMs,
      endEvent: { type: "revoked", at: now, user, reason: "limit" },
    });
    if (outcome === "limit") throw limitReached(settings.maxPerUser);
    if (outcome !== "stale") return outcome;
  }
  throw new SessctlError("conflict", `others logged this user in ${attempts} times meanwhile`, { hint: "Try again." });
}

/** The ids in a user's index, those without a readable record first, then by creation. */
async function oldestFirst(context: Context, user: string): Promise<SessionId[]> {
  const ids = await indexOf(context, user);
  // The script counts what is stored. What is over but still stored, after a cutoff say, must not take up room.
  const found = await context.reader.all(ids);
  await endOver(context, found);
  const createdAt = new Map(found.map(({ id, record }) => [id, isCorrupt(record) ? 0 : record.createdAt]));
  return ids.toSorted((a, b) => (createdAt.get(a) ?? 0) - (createdAt.get(b) ?? 0));
}

async function indexOf({ commands, keys }: Context, user: string): Promise<SessionId[]> {
  const reply = await commands.run(["ZRANGE", keys.user(user), 0, -1]);
  return Array.isArray(reply) ? reply.map(String) : [];
}

function shardFor({ settings }: Context, user: string | undefined): Shard {
  return user === undefined ? randomShard(settings.random) : shardOfUser(user);
}
