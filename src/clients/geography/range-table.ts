/**
 * Which value a range of addresses has: decoded once, then found by bisection.
 *
 * The bytes, made by `scripts/geography/table.mjs`, are whole numbers of seven bits a byte, the lowest first, the top bit
 * saying that more come: how many values, the values; how many IPv4 rows, then of each how far its start is from the one
 * before and which value (0 for none, else its place from 1 on); how many IPv6 rows, then of each the distance of the
 * upper 32 bits, the next 32 bits (as a distance where the upper are the same), and which value.
 */
export class RangeTable {
  /** Of each IPv4 row its start, then its code: side by side, so that they come from memory together. */
  readonly #rows4: Uint32Array;
  /** For the upper 16 bits of an IPv4 address, how many rows begin before them: a few rows are left to look at. */
  readonly #first4 = new Uint32Array(2 ** 16 + 1);
  readonly #high6: Uint32Array;
  readonly #low6: Uint32Array;
  readonly #codes6: Uint32Array;
  readonly #values: Float64Array;

  /** Throws a `RangeError` when the bytes are cut off. */
  constructor(bytes: Uint8Array) {
    const next = numbersOf(bytes);
    this.#values = Float64Array.from({ length: next() }, next);
    const count4 = next();
    this.#rows4 = new Uint32Array(2 * count4);
    for (let n = 0, start = 0; n < count4; n++) {
      this.#rows4[2 * n] = start += next();
      this.#rows4[2 * n + 1] = next();
    }
    for (let prefix = 0, row = 0; prefix <= 2 ** 16; prefix++) {
      while (row < count4 && (this.#rows4[2 * row] ?? 0) < prefix * 2 ** 16) row++;
      this.#first4[prefix] = row;
    }
    const count6 = next();
    [this.#high6, this.#low6, this.#codes6] = [
      new Uint32Array(count6),
      new Uint32Array(count6),
      new Uint32Array(count6),
    ];
    for (let n = 0, high = 0, low = 0; n < count6; n++) {
      const step = next();
      low = step === 0 ? low + next() : next();
      this.#high6[n] = high += step;
      this.#low6[n] = low;
      this.#codes6[n] = next();
    }
  }

  /** The value at an IPv4 address as a number; `undefined` for none. */
  of4(address: number): number | undefined {
    const prefix = Math.floor(address / 2 ** 16);
    let from = this.#first4[prefix] ?? 0;
    let to = this.#first4[prefix + 1] ?? 0;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#rows4[2 * middle] ?? 0) <= address) from = middle + 1;
      else to = middle;
    }
    return this.#value(this.#rows4[2 * from - 1]);
  }

  /** The value at an IPv6 address by its upper 64 bits, in halves; `undefined` for none. */
  of6(high: number, low: number): number | undefined {
    let from = 0;
    let to = this.#high6.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const upper = this.#high6[middle] ?? 0;
      if (upper < high || (upper === high && (this.#low6[middle] ?? 0) <= low)) from = middle + 1;
      else to = middle;
    }
    return this.#value(this.#codes6[from - 1]);
  }

  #value(code: number | undefined): number | undefined {
    return code === undefined || code === 0 ? undefined : this.#values[code - 1];
  }
}

/** Reads whole numbers one after the other. */
function numbersOf(bytes: Uint8Array): () => number {
  let at = 0;
  return () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError("the table ends too early");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
}
