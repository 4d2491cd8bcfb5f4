import type { IdStatistics } from "../core/id-statistics.js";

/**
 * Bits of entropy of one id: the sum over its places of Shannon's entropy of the characters there, with the correction of
 * Miller and Madow (1955) for samples, (m − 1) / 2n nats for m characters seen in n ids. With fewer ids than `least` it
 * is the length times the bits of the alphabet that was seen.
 *
 * An upper bound: what hangs together between places is not seen.
 */
export function estimateEntropy(ids: IdStatistics, least: number): number {
  if (ids.ids < least) {
    const alphabet = new Set(ids.positions.flatMap((counts) => [...counts.keys()]));
    return ids.usualLength * Math.log2(alphabetSize(alphabet));
  }
  let bits = 0;
  for (const counts of ids.positions) {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    // Places that only few ids reach tell nothing.
    if (total < ids.ids / 2) continue;
    let entropy = 0;
    for (const count of counts.values()) entropy -= (count / total) * Math.log2(count / total);
    const corrected = entropy + (counts.size - 1) / (2 * total * Math.LN2);
    // No place has more than its own characters allow.
    bits += counts.size === 1 ? 0 : Math.min(corrected, Math.log2(alphabetSize(new Set(counts.keys()))));
  }
  return bits;
}

/** The usual alphabets, by what they have beside letters and digits. */
function alphabetSize(seen: ReadonlySet<string>): number {
  const text = [...seen].join("");
  if (/^\d*$/.test(text)) return 10;
  if (/^[\da-f-]*$/i.test(text)) return 16;
  if (/^[\da-z]*$/.test(text) || /^[\dA-Z]*$/.test(text)) return 36;
  return /^[\w-]*$/.test(text) ? 64 : Math.max(64, seen.size);
}
