import { footerKeys } from "../keys.js";
import { contextOf } from "../layout.js";
import { fitLine, type Line, lineWidth, type Span, span } from "../spans.js";
import type { TopState } from "../state.js";

/** The keys of whatever has them, as many as fit; *quit* is always among a page's. */
export function footerLine(state: TopState): Line {
  const { columns: width } = state.size;
  const keys = footerKeys(contextOf(state), state.settings.access).map(({ key, word }) => [
    span(` ${key}`, "key"),
    span(` ${word} `, "word"),
  ]);
  const last = keys.at(-1) ?? [];
  const line: Span[] = [];
  for (const [n, entry] of keys.entries()) {
    const reserved = n === keys.length - 1 ? 0 : lineWidth(last);
    if (lineWidth(line) + lineWidth(entry) + reserved > width) continue;
    line.push(...entry);
  }
  return fitLine(line, width);
}
