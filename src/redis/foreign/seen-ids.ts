import type { SessionId } from "../../core/token.js";

/** Ids a part has room for at first. */
const leastSlots = 16;

/**
 * Ids that have been seen, at about 16 bytes each: a set of strings takes eight times as much, and a walk over millions
 * keeps them all.
 *
 * Of an id its first 63 bits are compared. Ids are hashes; that two of a million sessions are taken for one has a chance of
 * 1 in 10 million.
 */
export class SeenIds {
  // By the first two characters: a part that grows is copied, and 256 small ones take little for it.
  readonly #parts = Array.from({ length: 256 }, () => new Part());

  /** Adds an id; `false` when it was there. */
  add(id: SessionId): boolean {
    const high = Number.parseInt(id.slice(0, 8), 16);
    // An empty slot has 0 here.
    const low = Number.parseInt(id.slice(8, 16), 16) | 1;
    const part = this.#parts[high >>> 24];
    if (part === undefined) throw new TypeError("an id is hex characters");
    return part.add(high | 0, low);
  }
}

/** Pairs of numbers by open addressing. */
class Part {
  #slots = new Int32Array(2 * leastSlots);
  #used = 0;

  add(high: number, low: number): boolean {
    if (!put(this.#slots, high, low)) return false;
    this.#used++;
    if (this.#used * 8 > this.#slots.length * 3) this.#grow();
    return true;
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    for (let at = 0; at < this.#slots.length; at += 2) {
      const [high = 0, low = 0] = this.#slots.subarray(at, at + 2);
      if (low !== 0) put(slots, high, low);
    }
    this.#slots = slots;
  }
}

/** Puts a pair where there is room; `false` when it is there already. The number of slots is a power of two. */
function put(slots: Int32Array, high: number, low: number): boolean {
  for (let at = low & (slots.length - 2); ; at = (at + 2) & (slots.length - 2)) {
    if (slots[at + 1] === 0) {
      slots[at] = high;
      slots[at + 1] = low;
      return true;
    }
    if (slots[at] === high && slots[at + 1] === low) return false;
  }
}
