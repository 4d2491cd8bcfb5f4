/** How often a word was met. */
export interface WordCount {
  readonly value: string;
  readonly count: number;
}

/** What was counted by words. */
export interface WordCounts {
  /** The most frequent, the most frequent first, those as frequent in the order of their letters. */
  readonly top: readonly WordCount[];
  /** Different words. */
  readonly distinct: number;
  /** Whether there were more different words than are counted one by one: then `distinct` is the least. */
  readonly cut: boolean;
}

/** Different words counted one by one: some 50 MB of them, should all be as long as user names may be in practice. */
const mostWords = 200_000;

/** Counts words exactly, as long as there are not too many different ones; of later new ones only that there were some. */
export class Words {
  readonly #counts = new Map<string, number>();
  readonly #most: number;
  #cut = false;

  constructor(most = mostWords) {
    this.#most = most;
  }

  add(word: string): void {
    const count = this.#counts.get(word);
    if (count === undefined && this.#counts.size >= this.#most) this.#cut = true;
    else this.#counts.set(word, (count ?? 0) + 1);
  }

  /** The `limit` most frequent; 0 is all. */
  top(limit: number): WordCounts {
    const all = [...this.#counts].map(([value, count]) => ({ value, count }));
    const sorted = all.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return { top: limit === 0 ? sorted : sorted.slice(0, limit), distinct: all.length, cut: this.#cut };
  }
}
