/** Most keys remembered; beyond, the oldest are forgotten and pass once more than needed. */
const mostRemembered = 50_000;

/**
 * Lets something happen for each key at most once in a while, in bounded memory.
 *
 * Two generations: when the young one is full it becomes the old one, and what the old one held is forgotten.
 */
export class Throttle {
  #young = new Map<string, number>();
  #old = new Map<string, number>();

  /** Whether it may happen at `now` (ms), when it may happen every so many ms; if so, it is remembered. */
  pass(key: string, now: number, everyMs: number): boolean {
    const last = this.#young.get(key) ?? this.#old.get(key);
    if (last !== undefined && now - last < everyMs) return false;
    if (this.#young.size >= mostRemembered / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, now);
    return true;
  }
}
