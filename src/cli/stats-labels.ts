import type { NumberDimension, RangeCount } from "../app/stats/index.js";
import { formatDuration } from "../core/duration.js";
import type { SafeText } from "../core/safe-text.js";
import { say } from "./say.js";

/** A range in words: `under 1m`, `5m – 15m`, `30d or more`. */
export function rangeLabel({ from, to }: RangeCount, unit: NumberDimension["unit"], dash: "–" | "-"): SafeText {
  if (unit === "count") {
    if (to === undefined) return say`${from} or more`;
    const [first, last] = [Math.max(1, from), to - 1];
    return first === last ? say`${first}` : say`${first} ${dash} ${last}`;
  }
  const text = (value: number) => numberText(value, unit);
  if (from === 0) return to === undefined ? say`any` : say`under ${text(to)}`;
  return to === undefined ? say`${text(from)} or more` : say`${text(from)} ${dash} ${text(to)}`;
}

/** A number of a dimension in words. */
export function numberText(value: number, unit: NumberDimension["unit"]): string {
  switch (unit) {
    case "ms":
      return formatDuration(value, 2);
    case "bytes":
      return value < 1024 ? `${Math.round(value)} B` : `${round(value / 1024)} KB`;
    case "count":
      return String(round(value));
  }
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}
