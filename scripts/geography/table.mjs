// The compact table that the program looks addresses up in; src/clients/geography/range-table.ts reads it and says how it
// is laid out.

/** Encodes ranges of both families. Values are whole numbers above 0; the most frequent get the shortest codes. */
export function encodeTable({ ipv4, ipv6 }) {
  const times = new Map();
  for (const [, , value] of [...ipv4, ...ipv6]) times.set(value, (times.get(value) ?? 0) + 1);
  const values = [...times].toSorted(([a, m], [b, n]) => n - m || a - b).map(([value]) => value);
  const code = new Map(values.map((value, n) => [value, n + 1]));
  const out = new Writer();
  out.number(values.length);
  for (const value of values) out.number(value);
  const rows4 = withGaps(ipv4, 1);
  out.number(rows4.length);
  let before = 0;
  for (const [start, value] of rows4) {
    out.number(start - before);
    out.number(value === 0 ? 0 : code.get(value));
    before = start;
  }
  const rows6 = withGaps(ipv6, 1n);
  out.number(rows6.length);
  let [high, low] = [0, 0];
  for (const [start, value] of rows6) {
    const [nextHigh, nextLow] = [Number(start >> 32n), Number(start & 0xffffffffn)];
    out.number(nextHigh - high);
    out.number(nextHigh === high ? nextLow - low : nextLow);
    out.number(value === 0 ? 0 : code.get(value));
    [high, low] = [nextHigh, nextLow];
  }
  return out.bytes();
}

/** Where each range begins, and with 0 where a gap does. */
function withGaps(ranges, one) {
  const rows = [];
  let next;
  for (const [start, end, value] of ranges) {
    if (next !== undefined && next < start) rows.push([next, 0]);
    rows.push([start, value]);
    next = end + one;
  }
  if (next !== undefined) rows.push([next, 0]);
  // The last address of all has none after it.
  return rows.filter(([start]) => start < (typeof one === "bigint" ? 1n << 64n : 2 ** 32));
}

/** Whole numbers of seven bits a byte, the lowest first, the top bit saying that more come. */
class Writer {
  #parts = [];

  number(value) {
    let rest = value;
    while (rest >= 128) {
      this.#parts.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.#parts.push(rest);
  }

  bytes() {
    return Uint8Array.from(this.#parts);
  }
}
