import type { SessionId } from "../core/token.js";
import { chunks, commandGroups } from "./batches.js";
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

/** Rolls idle windows; those of the same turn of the event loop travel to Redis together. */
export class Roller {
  readonly #commands: Commands;
  readonly #scripts: ScriptRunner;
  readonly #everyRequest: boolean;
  readonly #rolled = new Throttle();
  #waiting: Roll[] = [];
  #sending: Promise<void> = Promise.resolve();

  constructor(commands: Commands, scripts: ScriptRunner, options: { readonly everyRequest: boolean }) {
    this.#commands = commands;
    this.#scripts = scripts;
    this.#everyRequest = options.everyRequest;
  }

  /**
   * Rolls the window of a session that was seen at `now` (ms). Nobody waits for it: should it fail, the session ends as
   * if this request had not come, which is the safe side.
   */
  roll(id: SessionId, now: number, idleMs: number): void {
    if (!this.#everyRequest && !this.#rolled.pass(id, now, idleMs / rollsInWindow)) return;
    if (this.#waiting.length === 0) queueMicrotask(() => this.#flush());
    this.#waiting.push({ id, idleEndsAt: now + idleMs });
  }

  /** Resolves when everything that was asked for so far is done. */
  async settled(): Promise<void> {
    await Promise.resolve();
    await this.#sending;
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    const groups = commandGroups(waiting, ({ id }) => id, this.#commands.acrossShards);
    const batches = groups.flatMap((group) => chunks(group, batchLength));
    const sent = this.#scripts.each(rollScript, batches).then(
      () => undefined,
      () => undefined,
    );
    this.#sending = Promise.all([this.#sending, sent]).then(() => undefined);
  }
}
