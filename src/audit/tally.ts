/** How often each key is among those of a moving window. */
export class Tally<Key> {
  readonly #counts = new Map<Key, number>();

  /** How many different keys there are. */
  get size(): number {
    return this.#counts.size;
  }

  /** How often a key is there. */
  of(key: Key): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: Key): void {
    this.#counts.set(key, this.of(key) + 1);
  }

  remove(key: Key): void {
    const left = this.of(key) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }
}
