import { type Lapse, lapse } from "../core/lifetime.js";
import { type SessionId, shardOfId } from "../core/token.js";
import { chunks, commandGroups } from "./batches.js";
import type { Commands } from "./commands.js";
import type { Keys } from "./keys.js";
import { type Corrupt, isCorrupt, type RecordCodec, type SealedRecord } from "./record.js";
import type { ScriptRunner } from "./script.js";
import { readScript, shardsOf, type StoredRecord, type StoredRecords } from "./scripts/read.js";

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
  /** As they were asked for. */
  readonly ids: readonly SessionId[];
  /** As they travelled. */
  readonly read: readonly (StoredRecords & { readonly ids: readonly SessionId[] })[];
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
    const { commands, scripts } = this.#parts;
    const groups = commandGroups(ids, (id) => id, commands.acrossShards);
    const batches = groups.flatMap((group) => chunks(group, batchLength));
    const replies = await scripts.each(
      readScript,
      batches.map((batch) => ({ ids: batch })),
    );
    const read = replies.map((reply, n) => {
      if (reply instanceof Error) throw reply;
      return { ids: batches[n] ?? [], records: reply.records, cutoffs: reply.cutoffs };
    });
    return { ids, read };
  }

  /** The sessions that were fetched, in the order that was asked for, also those that are over. */
  decode({ ids, read }: Fetched): readonly Found[] {
    const found: Found[] = [];
    for (const batch of read) {
      const cutoffOf = new Map(shardsOf(batch.ids).map((shard, n) => [shard, batch.cutoffs[n] ?? 0]));
      for (const [n, id] of batch.ids.entries()) {
        const entry = batch.records[n];
        if (entry !== undefined) found.push(this.#decode(id, entry, cutoffOf.get(shardOfId(id)) ?? 0));
      }
    }
    return this.#parts.commands.acrossShards ? found : inOrder(found, ids);
  }

  /** One session, also when it is over; `undefined` when nothing is stored. */
  async one(id: SessionId): Promise<Found | undefined> {
    return (await this.all([id]))[0];
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

/** What was found as it was asked for: in a cluster it came by shard. */
function inOrder(found: readonly Found[], ids: readonly SessionId[]): readonly Found[] {
  const byId = new Map(found.map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Why a session that was found is over at `now`; `undefined` while it is valid, or corrupt and not yet past its idle window. */
export function whyOver({ record, idleEndsAt, serverKeepsTime, cutoff }: Found, now: number): Lapse | undefined {
  const end = serverKeepsTime ? Infinity : idleEndsAt;
  if (isCorrupt(record)) return end <= now ? "expired" : undefined;
  return lapse(record, end, cutoff, now);
}
