/** A share with the bounds of its 95 % interval by Wilson's score, which holds for few cases and shares near 0 and 1. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const z = 1.96;

export function wilson(hits: number, of: number): Share {
  if (of === 0) return { hits, of, share: Number.NaN, low: 0, high: 1 };
  const share = hits / of;
  const centre = share + z ** 2 / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const scale = 1 + z ** 2 / of;
  return { hits, of, share, low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

/** Precision as it would be where one session in `1 / prevalence` is attacked, from recall and the share of honest sessions alerted on. */
export function projectedPrecision(recall: number, falseShare: number, prevalence: number): number {
  const hits = recall * prevalence;
  const misses = falseShare * (1 - prevalence);
  return hits + misses === 0 ? Number.NaN : hits / (hits + misses);
}

/** A share of many as so many in 10,000. */
export function inTenThousand({ share, low, high }: Share): string {
  const [value, from, to] = [share, low, high].map((one) => (one * 10_000).toFixed(1));
  return `${value} (${from} to ${to})`;
}

export function percent({ hits, of, share, low, high }: Share): string {
  return of === 0
    ? "–"
    : `${(share * 100).toFixed(1)} % (${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)}; ${hits} of ${of})`;
}
