import { type Lapse, lapse } from "../core/lifetime.js";
import type { Clock, Refusal } from "../core/ports.js";
import type { SessionRecord } from "../core/session.js";
import { type SessionId, type Shard, shardOfId } from "../core/token.js";
import { Batcher } from "./batcher.js";
import { commandGroups } from "./batches.js";
import type { Commands, Reply } from "./commands.js";
import type { Keys } from "./keys.js";
import { isCorrupt, type RecordCodec } from "./record.js";
import type { ScriptRunner } from "./script.js";
import { readScript, shardsOf } from "./scripts/read.js";

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
  readonly settle: (checked: Valid | Lapsed | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** What is stored under one key, and the end of its idle window (ms; `Infinity` where it was not asked for). */
type Stored = { readonly record: string | undefined; readonly idleEndsAt: number } | undefined;

/** Most validations in one command: well under a millisecond of Redis's time. */
const batchLength = 128;

/** Checks sessions; those asked for in the same turn of the event loop travel to Redis together. */
export class Validator {
  readonly #parts: ValidatorParts;
  readonly #batcher: Batcher<Waiting>;

  constructor(parts: ValidatorParts) {
    this.#parts = parts;
    this.#batcher = new Batcher({ length: batchLength, send: (waiting) => this.#settle(waiting) });
  }

  /**
   * Checks one session and hands what was found to `settle`: nothing when there is no record that can be read. Writes
   * nothing. Functions rather than a promise: a request's every wait costs, and this is on the path of all of them.
   */
  check(id: SessionId, settle: Waiting["settle"], fail: Waiting["fail"]): void {
    this.#batcher.add({ id, settle, fail });
  }

  async #settle(waiting: readonly Waiting[]): Promise<void> {
    const groups = commandGroups(waiting, ({ id }) => id, this.#parts.commands.acrossShards);
    await Promise.all(
      groups.map((group) =>
        this.#send(group).catch((error: unknown) => {
          for (const { fail } of group) fail(error);
        }),
      ),
    );
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    const { clock, codec } = this.#parts;
    const now = clock();
    const ids = batch.map(({ id }) => id);
    const shards = shardsOf(ids);
    const { stored, cutoffs } = await this.#read(ids, shards);
    const cutoffOf = new Map(shards.map((shard, n) => [shard, Number(cutoffs[n] ?? 0)]));
    for (const [n, { id, settle }] of batch.entries()) {
      const entry = stored[n];
      const record = entry?.record === undefined ? undefined : codec.decode(id, entry.record);
      if (entry?.record === undefined || record === undefined || isCorrupt(record)) {
        settle(undefined);
        continue;
      }
      const reason = lapse(record, entry.idleEndsAt, cutoffOf.get(shardOfId(id)) ?? 0, now);
      settle(
        reason === undefined ? { ok: true, stored: entry.record, record, at: now } : { ok: false, reason, record },
      );
    }
  }

  /** What is stored under sessions' keys, and the cutoffs of their shards. A key that is no string counts as nothing. */
  async #read(
    ids: readonly SessionId[],
    shards: readonly Shard[],
  ): Promise<{ readonly stored: readonly Stored[]; readonly cutoffs: readonly (Reply | number)[] }> {
    const { commands, keys, scripts, serverKeepsTime } = this.#parts;
    if (!serverKeepsTime) {
      const { records, cutoffs } = await scripts.run(readScript, { ids });
      return { stored: records, cutoffs };
    }
    const cutoffKeys = shards.map((shard) => keys.cutoff(shard));
    const replies = (await commands.run(["MGET", ...ids.map((id) => keys.session(id)), ...cutoffKeys])) as Reply[];
    return {
      stored: ids.map((_, n) => ({ record: (replies[n] ?? undefined) as string | undefined, idleEndsAt: Infinity })),
      cutoffs: replies.slice(ids.length),
    };
  }
}
