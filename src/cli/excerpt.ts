import stringWidth from "string-width";
import type { Excerpt } from "../core/errors.js";
import { safe, type SafeText } from "../core/safe-text.js";

const indent = "    ";

/** The text around a place, on a line of less than `width` columns, and below it a caret under that place. */
export function excerptLines({ text, at }: Excerpt, width: number): readonly SafeText[] {
  const room = Math.max(20, width - indent.length - 1);
  const before = segments(text.slice(0, at));
  const after = segments(text.slice(at));
  const fits = widthOf(before) + widthOf(after) <= room;
  const shownBefore = fits ? before : endOf(before, Math.max(room / 2, room - widthOf(after)));
  const shownAfter = fits ? after : beginningOf(after, room - widthOf(shownBefore));
  return [
    safe(`${indent}${[...shownBefore, ...shownAfter].join("")}`),
    safe(`${indent}${" ".repeat(widthOf(shownBefore))}^`),
  ];
}

/** What is seen as single characters, each as it is shown. */
function segments(text: string): readonly string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => safe(segment));
}

function widthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + stringWidth(part), 0);
}

function beginningOf(parts: readonly string[], width: number): readonly string[] {
  if (widthOf(parts) <= width) return parts;
  const kept = parts.slice(0, Math.floor(width));
  while (widthOf(kept) > width - 1) kept.pop();
  return [...kept, "…"];
}

function endOf(parts: readonly string[], width: number): readonly string[] {
  if (widthOf(parts) <= width) return parts;
  const kept = parts.slice(-Math.floor(width));
  while (widthOf(kept) > width - 1) kept.shift();
  return ["…", ...kept];
}
