import { type Lapse, lapse } from "../core/lifetime.js";
import type { Clock, Refusal } from "../core/ports.js";
import type { SessionRecord } from "../core/session.js";
import { type SessionId, shardOfId } from "../core/token.js";
import { chunks, commandGroups } from "./batches.js";
import type { Commands, Reply } from "./commands.js";
import type { Keys } from "./keys.js";
import { isCorrupt, type RecordCodec } from "./record.js";
import type { ScriptRunner } from "./script.js";
import { readScript } from "./scripts/read.js";

/** A session that is valid. */
export interface Valid {
  readonly ok: true;
  readonly stored: string;
  readonly record: SessionRecord;
  /** When it was checked, ms: its idle window runs from here. */
  readonly at: number;
}

/** A session that is still stored but over. */
export interface Lapsed extends Refusal {
  readonly reason: Lapse;
  readonly record: SessionRecord;
}

/** What a validator works with. */
export interface ValidatorParts {
  readonly commands: Commands;
  readonly keys: Keys;
  readonly scripts: ScriptRunner;
  readonly codec: RecordCodec;
  readonly clock: Clock;
  /** Whether Redis lets go of a session just when its idle window ends by `clock`, so that it need not be asked when that is. */
  readonly serverKeepsTime: boolean;
}

interface Waiting {
  readonly id: SessionId;
  readonly resolve: (value: Valid | Lapsed | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** What is stored under one key, and the end of its idle window (ms; `Infinity` where it was not asked for). */
type Stored = { readonly record: string | undefined; readonly idleEndsAt: number } | undefined;

/** Most validations in one command: well under a millisecond of Redis's time. */
const batchLength = 128;

/** Checks sessions; those asked for in the same turn of the event loop travel to Redis together. */
export class Validator {
  readonly #parts: ValidatorParts;
  #waiting: Waiting[] = [];

  constructor(parts: ValidatorParts) {
    this.#parts = parts;
  }

  /** Checks one session; `undefined` when there is no record that can be read. Writes nothing. */
  check(id: SessionId): Promise<Valid | Lapsed | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      this.#waiting.push({ id, resolve, reject });
    });
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const group of commandGroups(waiting, ({ id }) => id, this.#parts.commands.acrossShards)) {
      for (const batch of chunks(group, batchLength)) {
        this.#send(batch).catch((error: unknown) => {
          for (const { reject } of batch) reject(error);
        });
      }
    }
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    const { clock, codec } = this.#parts;
    const now = clock();
    const ids = batch.map(({ id }) => id);
    const shards = [...new Set(ids.map(shardOfId))];
    const [stored, cutoffs] = await Promise.all([this.#read(ids), this.#cutoffs(shards)]);
    const cutoffOf = new Map(shards.map((shard, n) => [shard, Number(cutoffs[n] ?? 0)]));
    for (const [n, { id, resolve }] of batch.entries()) {
      const entry = stored[n];
      const record = entry?.record === undefined ? undefined : codec.decode(id, entry.record);
      if (entry?.record === undefined || record === undefined || isCorrupt(record)) {
        resolve(undefined);
        continue;
      }
      const reason = lapse(record, entry.idleEndsAt, cutoffOf.get(shardOfId(id)) ?? 0, now);
      resolve(
        reason === undefined ? { ok: true, stored: entry.record, record, at: now } : { ok: false, reason, record },
      );
    }
  }

  /** A key that is no string counts as nothing. */
  async #read(ids: readonly SessionId[]): Promise<readonly Stored[]> {
    const { commands, keys, scripts, serverKeepsTime } = this.#parts;
    if (!serverKeepsTime) return scripts.run(readScript, { ids });
    const records = await commands.run(["MGET", ...ids.map((id) => keys.session(id))]);
    return (records as (string | null)[]).map((record) => ({ record: record ?? undefined, idleEndsAt: Infinity }));
  }

  async #cutoffs(shards: readonly string[]): Promise<readonly Reply[]> {
    const { commands, keys } = this.#parts;
    return (await commands.run(["MGET", ...shards.map((shard) => keys.cutoff(shard))])) as Reply[];
  }
}
