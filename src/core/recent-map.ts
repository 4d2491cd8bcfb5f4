/**
 * A map that holds about the `limit` entries last written, whatever keys it is given.
 *
 * Two generations: when the young one is full it becomes the old one, and what the old one held is forgotten. So the cost
 * of a call does not grow, and at least half of `limit` is remembered.
 */
export class RecentMap<Key, Value> {
  readonly #half: number;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();

  constructor(limit: number) {
    this.#half = Math.max(1, Math.floor(limit / 2));
  }

  get(key: Key): Value | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  /** Whether the key was written in the young generation, and so will not soon be forgotten. */
  isFresh(key: Key): boolean {
    return this.#young.has(key);
  }

  /** The value of a key that was written in the young generation. */
  fresh(key: Key): Value | undefined {
    return this.#young.get(key);
  }

  has(key: Key): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }

  set(key: Key, value: Value): void {
    if (this.#young.size >= this.#half && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  delete(key: Key): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
