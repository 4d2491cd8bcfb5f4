import { lapse } from "../core/lifetime.js";
import type { Refusal } from "../core/ports.js";
import type { SessionRecord } from "../core/session.js";
import { refusalAfter } from "../core/tombstone.js";
import type { SessionId } from "../core/token.js";
import { chunks, commandGroups } from "./batches.js";
import type { Commands } from "./commands.js";
import type { Keys } from "./keys.js";
import { decodeRecord, isCorrupt } from "./record.js";
import { ScriptRunner } from "./script.js";
import { validateScript, type ValidatedRecord } from "./scripts/validate.js";
import { endReasonOf } from "./tombstone.js";

/** A session that was valid and whose idle window was rolled. */
export interface Valid {
  readonly ok: true;
  readonly stored: string;
  readonly record: SessionRecord;
  /** When it was checked, ms: its idle window runs from here. */
  readonly at: number;
}

interface Waiting {
  readonly id: SessionId;
  readonly resolve: (value: Valid | Refusal | PromiseLike<Valid | Refusal>) => void;
  readonly reject: (error: unknown) => void;
}

/** Most validations in one script call: about half a millisecond of Redis's time. */
const batchLength = 128;

/** Checks sessions; those asked for in the same turn of the event loop travel to Redis together. */
export class Validator {
  readonly #commands: Commands;
  readonly #keys: Keys;
  readonly #scripts: ScriptRunner;
  readonly #usualIdleMs: number;
  readonly #clock: () => number;
  #waiting: Waiting[] = [];

  constructor(commands: Commands, keys: Keys, options: { usualIdleMs: number; clock: () => number }) {
    this.#commands = commands;
    this.#keys = keys;
    this.#scripts = new ScriptRunner(commands, keys);
    this.#usualIdleMs = options.usualIdleMs;
    this.#clock = options.clock;
  }

  /** Checks one session and rolls its idle window if it is valid. */
  check(id: SessionId): Promise<Valid | Refusal> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#flush());
      this.#waiting.push({ id, resolve, reject });
    });
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const group of commandGroups(waiting, this.#commands.acrossShards)) {
      for (const batch of chunks(group, batchLength)) {
        this.#send(batch).catch((error: unknown) => {
          for (const { reject } of batch) reject(error);
        });
      }
    }
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    const now = this.#clock();
    const ids = batch.map(({ id }) => id);
    const replies = await this.#scripts.run(validateScript, { ids, now, usualIdleMs: this.#usualIdleMs });
    for (const [n, { id, resolve }] of batch.entries()) {
      const reply = replies[n];
      resolve(reply === undefined ? this.#refusal(id) : judge(reply, now));
    }
  }

  async #refusal(id: SessionId): Promise<Refusal> {
    return refusalAfter(endReasonOf(await this.#commands.run(["GET", this.#keys.gone(id)])));
  }
}

/** The same rule as in scripts/validate.lua, which decides by it whether to roll the idle window. */
function judge({ record: stored, idleEndsAt, cutoff }: ValidatedRecord, now: number): Valid | Refusal {
  const record = decodeRecord(stored);
  if (isCorrupt(record)) return { ok: false, reason: "unknown" };
  const reason = lapse(record, idleEndsAt, cutoff, now);
  return reason === undefined ? { ok: true, stored, record, at: now } : { ok: false, reason };
}
