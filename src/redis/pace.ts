import { setTimeout as delay } from "node:timers/promises";

/** How a walk over all keys goes on. */
export interface Pace {
  /** Most keys looked at in a second; default: as many as Redis gives. */
  readonly keysPerSecond?: number | undefined;
  /** Hears how many keys were looked at so far, of about how many. */
  readonly onLooked?: ((looked: number, keys: number) => void) | undefined;
}

/** Keeps one walk to its pace. */
export class PacedWalk {
  readonly #pace: Pace;
  readonly #keys: number;
  readonly #began = performance.now();
  #looked = 0;

  /** `keys`: about how many there are. */
  constructor(pace: Pace, keys: number) {
    this.#pace = pace;
    this.#keys = keys;
  }

  /** Says that so many keys more were looked at; resolves when more may be. */
  async looked(count: number): Promise<void> {
    this.#looked += count;
    const { keysPerSecond, onLooked } = this.#pace;
    onLooked?.(Math.min(this.#looked, this.#keys), this.#keys);
    if (keysPerSecond === undefined) return;
    const early = (this.#looked / keysPerSecond) * 1000 - (performance.now() - this.#began);
    if (early > 1) await delay(early);
  }
}
