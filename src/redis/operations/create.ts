import { encodeData } from "../../core/input.js";
import { IssuedSession } from "../../core/issued.js";
import type { CreateOptions, Issued } from "../../core/ports.js";
import { type SessionData, type SessionRecord, toSession } from "../../core/session.js";
import { idOfToken, newToken, randomShard, type Shard, shardOfUser } from "../../core/token.js";
import { begun } from "../../core/transitions.js";
import type { Context } from "../context.js";
import { encodeRecord } from "../record.js";
import { createScript } from "../scripts/create.js";

/** Starts a session. */
export async function create(context: Context, options: CreateOptions): Promise<Issued> {
  const { settings } = context;
  const data = JSON.parse(encodeData(options.data ?? {}, settings.maxDataBytes)) as SessionData;
  const record = begun(options, data, settings, settings.clock());
  return write(context, record);
}

/** Writes a record as a new session under a fresh token. */
export async function write(context: Context, record: SessionRecord): Promise<Issued> {
  const { settings, scripts } = context;
  const token = newToken(shardFor(context, record.user), settings.random);
  const id = idOfToken(token);
  const now = record.rotatedAt;
  const outcome = await scripts.run(createScript, {
    id,
    user: record.user,
    record: encodeRecord(record),
    now,
    idleEndsAt: now + record.idleMs,
    endsAt: record.endsAt,
  });
  // With 192 random bits this is a broken random source, and no token from it may be handed out.
  if (outcome === "exists") throw new Error("the random source repeated a session id");
  return new IssuedSession(token, toSession(id, record, now));
}

/** The shard that a user's sessions live on; a random one for an anonymous session. */
export function shardFor({ settings }: Context, user: string | undefined): Shard {
  return user === undefined ? randomShard(settings.random) : shardOfUser(user);
}
