const bars = "▁▂▃▄▅▆▇█";

/** The last `width` values as a row of bars from nought to the largest of them; nought is the lowest bar. */
export function sparkline(values: readonly number[], width: number): string {
  const last = values.slice(-width);
  const most = Math.max(1, ...last);
  return last.map((value) => bars[Math.min(bars.length - 1, Math.ceil((value / most) * (bars.length - 1)))]).join("");
}
