import type { SessionId, Shard } from "../core/token.js";
import { byShard } from "./batches.js";
import type { Command, Commands } from "./commands.js";
import type { Keys } from "./keys.js";
import { ScriptRunner } from "./script.js";
import { sweepScript } from "./scripts/sweep.js";
import { Throttle } from "./throttle.js";

/** How coarse `live` is: a session's score is written at most once in so many ms by one process. */
const touchEveryMs = 10_000;
/** Entries looked at by one sweep. */
const sweepLength = 100;

/** Keeps the `live` index near the truth, at little cost: scores are coarse, and dead entries go a few at a time. */
export class LiveIndex {
  readonly #commands: Commands;
  readonly #keys: Keys;
  readonly #scripts: ScriptRunner;
  readonly #touches = new Throttle();
  #touched: { readonly id: SessionId; readonly now: number }[] = [];
  #writing: Promise<unknown> = Promise.resolve();
  /** Per shard, how many of its oldest entries were found alive: long-lived sessions, which the next sweep passes over. */
  readonly #passed = new Map<Shard, number>();

  constructor(commands: Commands, keys: Keys) {
    this.#commands = commands;
    this.#keys = keys;
    this.#scripts = new ScriptRunner(commands, keys);
  }

  /**
   * Notes that a session was seen at `now` (ms), when it is time to. Never adds an entry: a session that has just ended
   * stays out. Goes on by itself: when it fails, nothing is lost but freshness, and the next one does it.
   */
  touch(id: SessionId, now: number): void {
    if (!this.#touches.pass(id, now, touchEveryMs)) return;
    if (this.#touched.length === 0) setImmediate(() => this.#flush());
    this.#touched.push({ id, now });
  }

  /** Resolves when what was noted so far is written. */
  async settled(): Promise<void> {
    this.#flush();
    await this.#writing;
  }

  #flush(): void {
    const touched = this.#touched;
    if (touched.length === 0) return;
    this.#touched = [];
    const writes: Command[] = [];
    for (const [shard, entries] of byShard(touched, ({ id }) => id)) {
      const scores = entries.flatMap(({ id, now }) => [now, id]);
      writes.push(["ZADD", this.#keys.live(shard), "XX", "GT", ...scores]);
    }
    this.#writing = Promise.all([this.#writing, this.#commands.many(writes).catch(() => undefined)]);
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
