import { type SessionId, shardOfId } from "../core/token.js";
import { Batcher } from "./batcher.js";
import { commandGroups } from "./batches.js";
import type { Commands } from "./commands.js";
import type { ScriptRunner } from "./script.js";
import { type Roll, rollScript } from "./scripts/roll.js";
import { Throttle } from "./throttle.js";

/**
 * A process rolls a session's idle window at most so often in the window: every second or two at half an hour. A page that
 * loads asks many times at once, and whoever is told that a session was last seen up to a second ago is told enough.
 */
const rollsInWindow = 1500;

/** Most sessions in one script call: well under a millisecond of Redis's time. */
const batchLength = 128;

interface Waiting extends Roll {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Rolls idle windows; those asked for at the same time travel to Redis together. */
export class Roller {
  readonly #commands: Commands;
  readonly #scripts: ScriptRunner;
  readonly #everyRequest: boolean;
  readonly #rolled = new Throttle();
  /** Where the last roll failed: a shard of a cluster, or all of a single server. */
  readonly #failing = new Set<string>();
  readonly #batcher: Batcher<Waiting>;

  constructor(commands: Commands, scripts: ScriptRunner, options: { readonly everyRequest: boolean }) {
    this.#commands = commands;
    this.#scripts = scripts;
    this.#everyRequest = options.everyRequest;
    this.#batcher = new Batcher({ length: batchLength, send: (waiting) => this.#send(waiting) });
  }

  /**
   * Rolls the window of a session that was seen at `now` (ms). As long as rolls succeed there is nothing to wait for:
   * should one fail, the session ends as if this request had not come, which is the safe side. After a failure the
   * promise waits for Redis and rejects until one succeeds again: a server that answers and takes no writes may be a
   * replica that was left behind, and what it still holds may have been revoked elsewhere.
   */
  roll(id: SessionId, now: number, idleMs: number): Promise<void> | undefined {
    const failing = this.#failing.has(this.#where(id));
    if (!failing && !this.#everyRequest && !this.#rolled.pass(id, now, idleMs / rollsInWindow)) return undefined;
    const rolled = new Promise<void>((resolve, reject) => {
      this.#batcher.add({ id, idleEndsAt: now + idleMs, resolve, reject });
    });
    if (failing) return rolled;
    rolled.catch(() => undefined);
    return undefined;
  }

  /** Resolves when everything that was asked for so far is done. */
  settled(): Promise<void> {
    return this.#batcher.settled();
  }

  #where(id: SessionId): string {
    return this.#commands.acrossShards ? "all" : shardOfId(id);
  }

  async #send(waiting: readonly Waiting[]): Promise<void> {
    const batches = commandGroups(waiting, ({ id }) => id, this.#commands.acrossShards);
    const outcomes = await this.#scripts.each(rollScript, batches).catch((error: unknown) => batches.map(() => error));
    for (const [n, batch] of batches.entries()) {
      const outcome = outcomes[n];
      for (const { id, resolve, reject } of batch) {
        if (outcome === "ok") {
          this.#failing.delete(this.#where(id));
          resolve();
        } else {
          this.#failing.add(this.#where(id));
          reject(outcome);
        }
      }
    }
  }
}
