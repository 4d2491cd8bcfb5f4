/** Most characters of an id that are looked at; longer ones are as good as random by then. */
const maxLength = 256;

/**
 * What a layout can tell of its secret ids together without telling any: how often each character stands at each place,
 * and whether ids grow with the time they were made. A directory feeds it while it walks; no id can be put together from
 * it again.
 */
export class IdStatistics {
  readonly #positions: Map<string, number>[] = [];
  readonly #lengths = new Map<number, number>();
  #ids = 0;
  #before: { readonly id: string; readonly createdAt: number } | undefined;
  #pairs = 0;
  #ascending = 0;

  /** Takes an id in. Of the last one a copy is kept until the next, to compare their order. */
  add(id: string, createdAt: number | undefined): void {
    this.#ids++;
    this.#lengths.set(id.length, (this.#lengths.get(id.length) ?? 0) + 1);
    for (let at = 0; at < Math.min(id.length, maxLength); at++) {
      const counts = (this.#positions[at] ??= new Map());
      const character = id.charAt(at);
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    if (createdAt === undefined) return;
    const before = this.#before;
    if (before !== undefined && before.createdAt !== createdAt && before.id.length === id.length) {
      this.#pairs++;
      if (before.createdAt < createdAt === before.id < id) this.#ascending++;
    }
    this.#before = { id, createdAt };
  }

  /** How many ids there were. */
  get ids(): number {
    return this.#ids;
  }

  /** How often each character stands at each place, most places first. */
  get positions(): readonly ReadonlyMap<string, number>[] {
    return this.#positions;
  }

  /** The length that most ids have. */
  get usualLength(): number {
    return [...this.#lengths].toSorted(([a, m], [b, n]) => n - m || a - b)[0]?.[0] ?? 0;
  }

  /** The share of pairs in which the later session has the greater id: a half by chance; `undefined` when there are too few to say. */
  get ascendingShare(): number | undefined {
    return this.#pairs < 100 ? undefined : this.#ascending / this.#pairs;
  }
}
