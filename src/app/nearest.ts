/** A hint for a name that there is not: `Did you mean alice?` when one is near, else `otherwise`. */
export function didYouMean(name: string, names: readonly string[], otherwise = ""): string {
  const near = nearest(name, names);
  return near === undefined ? otherwise : `Did you mean ${near}?`;
}

/** The name nearest to what was written, if it is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(1, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** Levenshtein's distance, in which two letters that changed places are one mistake. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  const letters = Array.from(a.slice(0, 40));
  for (const [n, letter] of letters.entries()) {
    const next = [n + 1];
    for (let m = 1; m <= b.length; m++) {
      const isSwapped = letter === b[m - 2] && letters[n - 1] === b[m - 1];
      next.push(
        Math.min(
          (next[m - 1] ?? 0) + 1,
          (row[m] ?? 0) + 1,
          (row[m - 1] ?? 0) + Number(b[m - 1] !== letter),
          isSwapped ? (before[m - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
