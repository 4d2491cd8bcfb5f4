import { type Lapse, lapse } from "../core/lifetime.js";
import { type SessionId, type Shard, shardOfId } from "../core/token.js";
import { chunks, commandGroups } from "./batches.js";
import type { Commands } from "./commands.js";
import type { Keys } from "./keys.js";
import { type Corrupt, isCorrupt, type RecordCodec, type SealedRecord } from "./record.js";
import type { ScriptRunner } from "./script.js";
import { readScript, type StoredRecord } from "./scripts/read.js";

/** A session found in Redis, as it is stored and as it reads. */
export interface Found {
  readonly id: SessionId;
  /** Empty when the key is no string. */
  readonly stored: string;
  readonly idleEndsAt: number;
  /** Whether Redis itself lets go of it at the end of its idle window, so that what is there is not past it. */
  readonly serverKeepsTime: boolean;
  /** Sessions of its shard created before are revoked; 0 for none. */
  readonly cutoff: number;
  readonly record: SealedRecord | Corrupt;
}

/** What Redis holds of some sessions, before it is decoded. */
export interface Fetched {
  readonly ids: readonly SessionId[];
  /** Of each id, what is stored; `undefined` for nothing. */
  readonly stored: readonly (StoredRecord | undefined)[];
  readonly cutoffs: ReadonlyMap<Shard, number>;
}

/** Most sessions read by one script call: about a millisecond of Redis's time. */
const batchLength = 500;

/** What a reader works with. */
export interface ReaderParts {
  readonly commands: Commands;
  readonly keys: Keys;
  readonly scripts: ScriptRunner;
  readonly codec: RecordCodec;
  /** Whether Redis lets go of a session just when its idle window ends by the clock in force. */
  readonly serverKeepsTime: boolean;
}

/** Reads stored sessions by id, without touching them. */
export class SessionReader {
  readonly #parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** The sessions with these ids, in this order, that are not over at `now`; corrupt ones among them. */
  async read(ids: readonly SessionId[], now: number): Promise<readonly Found[]> {
    return (await this.all(ids)).filter((found) => whyOver(found, now) === undefined);
  }

  /** The sessions with these ids, in this order, that are stored, also those that are over. */
  async all(ids: readonly SessionId[]): Promise<readonly Found[]> {
    return this.decode(await this.fetch(ids));
  }

  /** What is stored under these ids, undecoded: a walk that fetches ahead keeps texts meanwhile, and no objects. */
  async fetch(ids: readonly SessionId[]): Promise<Fetched> {
    const [stored, cutoffs] = await Promise.all([this.#stored(ids), this.#cutoffs(ids)]);
    return { ids, stored, cutoffs };
  }

  /** The sessions that were fetched, in the order that was asked for, also those that are over. */
  decode({ ids, stored, cutoffs }: Fetched): readonly Found[] {
    const found: Found[] = [];
    for (const [n, id] of ids.entries()) {
      const entry = stored[n];
      if (entry !== undefined) found.push(this.#decode(id, entry, cutoffs.get(shardOfId(id)) ?? 0));
    }
    return found;
  }

  /** One session, also when it is over; `undefined` when nothing is stored. */
  async one(id: SessionId): Promise<Found | undefined> {
    return (await this.all([id]))[0];
  }

  /** In the order of the ids, whichever servers they are on. */
  async #stored(ids: readonly SessionId[]): Promise<readonly (StoredRecord | undefined)[]> {
    const { commands, scripts } = this.#parts;
    const batches = commandGroups(ids, (id) => id, commands.acrossShards).flatMap((group) =>
      chunks(group, batchLength),
    );
    const replies = await scripts.each(
      readScript,
      batches.map((batch) => ({ ids: batch })),
    );
    const stored = replies.flatMap((reply) => {
      if (reply instanceof Error) throw reply;
      return reply;
    });
    if (commands.acrossShards) return stored;
    // Grouped by shard they came in another order.
    const byId = new Map(batches.flat().map((id, n) => [id, stored[n]]));
    return ids.map((id) => byId.get(id));
  }

  async #cutoffs(ids: readonly SessionId[]): Promise<Map<Shard, number>> {
    if (ids.length === 0) return new Map();
    const shards = [...new Set(ids.map(shardOfId))];
    const replies = await this.#parts.commands.all(shards.map((shard) => ["GET", this.#parts.keys.cutoff(shard)]));
    return new Map(shards.map((shard, n) => [shard, Number(replies[n] ?? 0)]));
  }

  #decode(id: SessionId, { record, idleEndsAt }: StoredRecord, cutoff: number): Found {
    return {
      id,
      cutoff,
      serverKeepsTime: this.#parts.serverKeepsTime,
      stored: record ?? "",
      idleEndsAt,
      record: record === undefined ? { corrupt: "the key is no string" } : this.#parts.codec.decode(id, record),
    };
  }
}

/** Why a session that was found is over at `now`; `undefined` while it is valid, or corrupt and not yet past its idle window. */
export function whyOver({ record, idleEndsAt, serverKeepsTime, cutoff }: Found, now: number): Lapse | undefined {
  const end = serverKeepsTime ? Infinity : idleEndsAt;
  if (isCorrupt(record)) return end <= now ? "expired" : undefined;
  return lapse(record, end, cutoff, now);
}
