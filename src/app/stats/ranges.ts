/** How many numbers lie in a range. */
export interface RangeCount {
  /** The range begins here. */
  readonly from: number;
  /** It ends before; `undefined` where it has no end. */
  readonly to: number | undefined;
  readonly count: number;
}

/** What was counted by ranges. */
export interface RangeCounts {
  /** In order, without the empty ones before the first and after the last. */
  readonly ranges: readonly RangeCount[];
  /** Numbers that are `Infinity`: what never comes. */
  readonly never: number;
  /** Of the finite ones; `undefined` when there are none. */
  readonly least: number | undefined;
  readonly mean: number | undefined;
  readonly most: number | undefined;
}

/** Counts numbers by ranges, in memory that does not grow. */
export class Ranges {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #never = 0;
  #finite = 0;
  #sum = 0;
  #least = Infinity;
  #most = -Infinity;

  /** `bounds`: where ranges begin but the first, in order. */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  add(number: number): void {
    if (number === Infinity) {
      this.#never++;
      return;
    }
    const found = this.#bounds.findIndex((bound) => number < bound);
    const at = found === -1 ? this.#bounds.length : found;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#finite++;
    this.#sum += number;
    this.#least = Math.min(this.#least, number);
    this.#most = Math.max(this.#most, number);
  }

  counts(): RangeCounts {
    const ranges = this.#counts.map((count, n) => ({ from: this.#bounds[n - 1] ?? 0, to: this.#bounds[n], count }));
    const first = ranges.findIndex(({ count }) => count > 0);
    const last = ranges.findLastIndex(({ count }) => count > 0);
    const told = this.#finite > 0;
    return {
      ranges: first === -1 ? [] : ranges.slice(first, last + 1),
      never: this.#never,
      least: told ? this.#least : undefined,
      mean: told ? this.#sum / this.#finite : undefined,
      most: told ? this.#most : undefined,
    };
  }
}
