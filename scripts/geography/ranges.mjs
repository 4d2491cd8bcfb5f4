// Address ranges of the data packages, as [start, end, value] with inclusive ends: IPv4 as numbers, IPv6 as the upper 64
// bits in a BigInt, which is as fine as networks are told apart.
import { readFileSync } from "node:fs";
import { Reader } from "mmdb-lib";

/** Reads `start,end,number,"name"` lines with numeric addresses; `names` gathers what each number is called. */
export function rangesOfCsv(file, isIpv6, names) {
  const ranges = [];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "") continue;
    const [start, end, number, ...rest] = line.split(",");
    const name = rest
      .join(",")
      .replace(/^"(.*)"$/s, "$1")
      .replaceAll('""', '"');
    if (name !== "") names.set(Number(number), name);
    ranges.push(
      isIpv6
        ? [BigInt(start) >> 64n, BigInt(end) >> 64n, Number(number)]
        : [Number(start), Number(end), Number(number)],
    );
  }
  return ranges;
}

/** The ranges of an MMDB whose records have a value, by walking its search tree; `valueOf` turns a record into one. */
export function rangesOfMmdb(file, isIpv6, valueOf) {
  const reader = new Reader(readFileSync(file));
  const { nodeCount, nodeByteSize, ipVersion } = reader.metadata;
  const depth = isIpv6 ? 64 : 32;
  const ranges = [];
  const cache = new Map();
  const valueAt = (pointer) => {
    if (!cache.has(pointer)) cache.set(pointer, valueOf(reader.resolveDataPointer(pointer)));
    return cache.get(pointer);
  };
  const visit = (node, start, bits) => {
    if (node > nodeCount) {
      const value = valueAt(node);
      const size = isIpv6 ? 1n << BigInt(depth - bits) : 2 ** (depth - bits);
      if (value !== undefined) ranges.push([start, start + size - (isIpv6 ? 1n : 1), value]);
      return;
    }
    // Nothing is told apart within the last 64 bits of IPv6.
    if (node === nodeCount || bits >= depth) return;
    const half = isIpv6 ? 1n << BigInt(depth - bits - 1) : 2 ** (depth - bits - 1);
    visit(reader.walker.left(node * nodeByteSize), start, bits + 1);
    visit(reader.walker.right(node * nodeByteSize), start + half, bits + 1);
  };
  if ((ipVersion === 6) !== isIpv6) throw new Error(`${file} is not for IPv${isIpv6 ? 6 : 4}`);
  visit(0, isIpv6 ? 0n : 0, 0);
  return ranges;
}

/** Sorted, without overlaps, and with neighbours of the same value joined. */
export function joined(ranges) {
  const sorted = ranges.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const result = [];
  for (const [start, end, value] of sorted) {
    const last = result.at(-1);
    const one = typeof start === "bigint" ? 1n : 1;
    if (last !== undefined && start <= last[1]) {
      // Ranges that are cut to 64 bits can meet: the first keeps the place.
      if (end <= last[1]) continue;
      result.push([last[1] + one, end, value]);
    } else if (last !== undefined && last[2] === value && start === last[1] + one) {
      last[1] = end;
    } else {
      result.push([start, end, value]);
    }
  }
  return result;
}
