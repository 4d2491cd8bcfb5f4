/** How a batcher sends. */
export interface BatcherOptions<Entry> {
  /** Most entries in one batch. */
  readonly length: number;
  /** Sends a batch. What goes wrong is told to the entries: it never throws. */
  readonly send: (batch: readonly Entry[]) => Promise<unknown>;
}

/** Batches of a batcher on their way at once: one that Redis works on while the next is made up. */
const mostUnderWay = 2;

/** Longest that an entry waits for a batch under way, ms: beyond a round trip nothing is gained. */
const longestWaitMs = 2;

/**
 * Sends what is asked for at the same time together. When nothing is under way, an entry waits for the end of the turn
 * of the event loop and no longer; under load, for the batch before its own, so that batches grow with the load (as in
 * Nagle's algorithm, RFC 896).
 */
export class Batcher<Entry> {
  readonly #options: BatcherOptions<Entry>;
  #waiting: Entry[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  #scheduled = false;
  #overdue: NodeJS.Timeout | undefined;

  constructor(options: BatcherOptions<Entry>) {
    this.#options = options;
  }

  /** Lets an entry travel with the next batch. */
  add(entry: Entry): void {
    this.#waiting.push(entry);
    this.#schedule();
  }

  /** Resolves when everything that was added so far has been sent and has come back. */
  async settled(): Promise<void> {
    this.#flush();
    await Promise.all(this.#underWay);
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return;
    if (this.#underWay.size >= mostUnderWay) {
      this.#overdue ??= setTimeout(() => this.#flush(), longestWaitMs);
      return;
    }
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    clearTimeout(this.#overdue);
    this.#overdue = undefined;
    const { length, send } = this.#options;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.length <= length ? this.#waiting : this.#waiting.slice(0, length);
      this.#waiting = this.#waiting.length <= length ? [] : this.#waiting.slice(length);
      const sending = send(batch).finally(() => {
        this.#underWay.delete(sending);
        this.#schedule();
      });
      this.#underWay.add(sending);
    }
  }
}
