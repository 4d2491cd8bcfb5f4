/** Counts how often each of few small numbers occurs, so that quantiles of a large population take little memory. */
export class Distribution {
  readonly #times = new Map<number, number>();
  #size = 0;

  /** How many numbers were added. */
  get size(): number {
    return this.#size;
  }

  add(number: number): void {
    this.#size++;
    this.#times.set(number, (this.#times.get(number) ?? 0) + 1);
  }

  /**
   * The least number that a share of all (0 to 1) is not above, by nearest rank; 0 when there is none. `without` leaves
   * out one occurrence of a number that was added.
   */
  quantile(share: number, without?: number): number {
    const rank = Math.max(1, Math.ceil(share * (this.#size - (without === undefined ? 0 : 1))));
    let below = 0;
    for (const [number, times] of [...this.#times].toSorted(([a], [b]) => a - b)) {
      below += number === without ? times - 1 : times;
      if (below >= rank) return number;
    }
    return 0;
  }
}
