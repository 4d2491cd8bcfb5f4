/** Most keys remembered; the oldest are forgotten and pass once more than needed. */
const mostRemembered = 50_000;

/** Lets something happen for each key at most once in a while, in bounded memory. */
export class Throttle {
  readonly #everyMs: number;
  readonly #passedAt = new Map<string, number>();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** Whether it may happen now (ms); if so, it is remembered. */
  pass(key: string, now: number): boolean {
    const last = this.#passedAt.get(key);
    if (last !== undefined && now - last < this.#everyMs) return false;
    this.#passedAt.delete(key);
    this.#passedAt.set(key, now);
    for (const oldest of this.#passedAt.keys()) {
      if (this.#passedAt.size <= mostRemembered) break;
      this.#passedAt.delete(oldest);
    }
    return true;
  }
}
