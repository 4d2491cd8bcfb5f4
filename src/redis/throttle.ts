import { RecentMap } from "../core/recent-map.js";

/** Most keys remembered; one that is forgotten passes once more than needed. */
const mostRemembered = 50_000;

/** Lets something happen for each key at most once in a while, in bounded memory. */
export class Throttle {
  readonly #passedAt = new RecentMap<string, number>(mostRemembered);

  /** Whether it may happen at `now` (ms), when it may happen every so many ms; if so, it is remembered. */
  pass(key: string, now: number, everyMs: number): boolean {
    const last = this.#passedAt.get(key);
    if (last !== undefined && now - last < everyMs) return false;
    this.#passedAt.set(key, now);
    return true;
  }
}
