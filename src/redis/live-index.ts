import type { SessionId, Shard } from "../core/token.js";
import { Batcher } from "./batcher.js";
import { byShard } from "./batches.js";
import type { Command, Commands } from "./commands.js";
import type { Keys } from "./keys.js";
import type { ScriptRunner } from "./script.js";
import { sweepScript } from "./scripts/sweep.js";
import { Throttle } from "./throttle.js";

/** How coarse `live` is: a session's score is written at most once in so many ms by one process. */
const touchEveryMs = 10_000;
/** Entries looked at by one sweep. */
const sweepLength = 100;

/** Most scores written by one round trip. */
const batchLength = 500;

/** A session that was seen, and when (ms). */
interface Touch {
  readonly id: SessionId;
  readonly now: number;
}

/** Keeps the `live` index near the truth, at little cost: scores are coarse, and dead entries go a few at a time. */
export class LiveIndex {
  readonly #commands: Commands;
  readonly #keys: Keys;
  readonly #scripts: ScriptRunner;
  readonly #touches = new Throttle();
  readonly #batcher: Batcher<Touch>;
  /** Per shard, how many of its oldest entries were found alive: long-lived sessions, which the next sweep passes over. */
  readonly #passed = new Map<Shard, number>();

  constructor(commands: Commands, keys: Keys, scripts: ScriptRunner) {
    this.#commands = commands;
    this.#keys = keys;
    this.#scripts = scripts;
    this.#batcher = new Batcher({ length: batchLength, send: (touches) => this.#write(touches) });
  }

  /**
   * Notes that a session was seen at `now` (ms), when it is time to. Never adds an entry: a session that has just ended
   * stays out. Goes on by itself: when it fails, nothing is lost but freshness, and the next one does it.
   */
  touch(id: SessionId, now: number): void {
    if (this.#touches.pass(id, now, touchEveryMs)) this.#batcher.add({ id, now });
  }

  /** Resolves when what was noted so far is written. */
  settled(): Promise<void> {
    return this.#batcher.settled();
  }

  async #write(touches: readonly Touch[]): Promise<void> {
    const writes: Command[] = [];
    for (const [shard, entries] of byShard(touches, ({ id }) => id)) {
      const scores = entries.flatMap(({ id, now }) => [now, id]);
      writes.push(["ZADD", this.#keys.live(shard), "XX", "GT", ...scores]);
    }
    await this.#commands.many(writes).catch(() => undefined);
  }

  /** Takes away entries of a shard, not seen since `before` (ms), whose sessions are gone; resolves to how many. */
  async sweep(shard: Shard, before: number): Promise<number> {
    const passed = this.#passed.get(shard) ?? 0;
    const live = this.#keys.live(shard);
    const reply = await this.#commands.run(["ZRANGE", live, "-inf", before, "BYSCORE", "LIMIT", passed, sweepLength]);
    const ids = Array.isArray(reply) ? reply.map(String) : [];
    const swept = ids.length === 0 ? 0 : await this.#scripts.run(sweepScript, { index: live, ids });
    this.#passed.set(shard, ids.length < sweepLength ? 0 : passed + ids.length - swept);
    return swept;
  }
}
