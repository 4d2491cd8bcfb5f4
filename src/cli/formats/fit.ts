import stringWidth from "string-width";
import { safe, type SafeText } from "../../core/safe-text.js";

/** Blanks between two columns. */
const gap = 2;

/**
 * Widths of columns so that a line fits into `available`: the widest of those that may shrink gives way first, down to its
 * least; when all are at their least, columns go from the right.
 */
export function widthsThatFit(
  natural: readonly number[],
  leasts: readonly (number | undefined)[],
  available: number,
): readonly number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, width) => sum + width, gap * (widths.length - 1));
  while (total() > available) {
    const spare = widths.map((width, n) => width > (leasts[n] ?? Infinity));
    const widest = Math.max(...widths.filter((_, n) => spare[n]));
    const at = widths.findIndex((width, n) => spare[n] === true && width === widest);
    if (at !== -1) widths[at] = widest - 1;
    else if (widths.length > 1) widths.pop();
    else return [Math.min(widths[0] ?? 0, available)];
  }
  return widths;
}

/** The beginning of a text that is too wide, with `…` for the rest. Never cuts inside of what is seen as one character. */
export function cut(text: SafeText, width: number): SafeText {
  let kept = "";
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const next = stringWidth(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return safe(`${kept}…${" ".repeat(Math.max(0, width - 1 - used))}`);
}
