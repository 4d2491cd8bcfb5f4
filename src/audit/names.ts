/** Most names told apart; hostile texts can be as many as they like, and the rest count as one. */
const maxNames = 1 << 20;

/** Numbers texts, so that many of few can be kept and compared in little memory. */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  /** The number of a text, equal for equal texts. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    if (this.#names.length >= maxNames) return maxNames;
    this.#numbers.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  /** The text with this number. */
  name(number: number): string | undefined {
    return this.#names[number];
  }
}
