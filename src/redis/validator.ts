import { type Lapse, lapse } from "../core/lifetime.js";
import type { Clock, Refusal } from "../core/ports.js";
import type { SessionRecord } from "../core/session.js";
import { type SessionId, type Shard, shardOfId } from "../core/token.js";
import { chunks, commandGroups } from "./batches.js";
import { isCorrupt, type RecordCodec } from "./record.js";
import type { ScriptRunner } from "./script.js";
import { shardsOf, type Validated, validateScript } from "./scripts/validate.js";

/** A session that was valid and whose idle window was rolled. */
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

/** How a validator judges. */
export interface ValidatorOptions {
  readonly usualIdleMs: number;
  readonly clock: Clock;
  /** Whether Redis lets go of a session just when its idle window ends by `clock`: so it does by the system's clock. */
  readonly serverKeepsTime: boolean;
  /** Whether keys of different shards may stand in one command. */
  readonly acrossShards: boolean;
}

interface Waiting {
  readonly id: SessionId;
  readonly resolve: (value: Valid | Lapsed | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Most validations in one script call: about half a millisecond of Redis's time. */
const batchLength = 128;

/** Checks sessions; those asked for in the same turn of the event loop travel to Redis together. */
export class Validator {
  readonly #scripts: ScriptRunner;
  readonly #codec: RecordCodec;
  readonly #options: ValidatorOptions;
  #waiting: Waiting[] = [];

  constructor(scripts: ScriptRunner, codec: RecordCodec, options: ValidatorOptions) {
    this.#scripts = scripts;
    this.#codec = codec;
    this.#options = options;
  }

  /** Checks one session and rolls its idle window; `undefined` when there is no record that can be read. */
  check(id: SessionId): Promise<Valid | Lapsed | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      this.#waiting.push({ id, resolve, reject });
    });
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const group of commandGroups(waiting, ({ id }) => id, this.#options.acrossShards)) {
      for (const batch of chunks(group, batchLength)) {
        this.#send(batch).catch((error: unknown) => {
          for (const { reject } of batch) reject(error);
        });
      }
    }
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    const { clock, usualIdleMs, serverKeepsTime } = this.#options;
    const now = clock();
    const ids = batch.map(({ id }) => id);
    const validated = await this.#scripts.run(validateScript, { ids, now, usualIdleMs, ends: !serverKeepsTime });
    const judge = judgeOf(ids, validated, now, this.#codec);
    for (const [n, { id, resolve }] of batch.entries()) resolve(judge(id, n));
  }
}

function judgeOf(ids: readonly SessionId[], { records, cutoffs, ends }: Validated, now: number, codec: RecordCodec) {
  const cutoffOf = new Map<Shard, number>(shardsOf(ids).map((shard, n) => [shard, Number(cutoffs[n] ?? 0)]));
  return (id: SessionId, n: number): Valid | Lapsed | undefined => {
    const stored = records[n] ?? undefined;
    const record = stored === undefined ? undefined : codec.decode(id, stored);
    if (stored === undefined || record === undefined || isCorrupt(record)) return undefined;
    const end = ends[n] ?? -1;
    const reason = lapse(record, end === -1 ? Infinity : end, cutoffOf.get(shardOfId(id)) ?? 0, now);
    return reason === undefined ? { ok: true, stored, record, at: now } : { ok: false, reason, record };
  };
}
