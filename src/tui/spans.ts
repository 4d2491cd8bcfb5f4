import stringWidth from "string-width";
import type { Tone } from "./theme.js";

/** A piece of a line. Its text is safe: of our own words and `SafeText` alone. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One line of the screen. */
export type Line = readonly Span[];

/** A piece of a line; plain unless said otherwise. */
export function span(text: string, tone: Tone = "plain"): Span {
  return { text, tone };
}

/** Printable ASCII takes one cell a character; anything else is looked up. */
const ascii = /^[\x20-\x7e]*$/;

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** How many cells a text takes on a terminal. */
export function widthOf(text: string): number {
  return ascii.test(text) ? text.length : stringWidth(text);
}

/** How many cells a line takes. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** The text in exactly `width` cells: cut with `…` when longer, filled with spaces when shorter. */
export function fit(text: string, width: number, align: "left" | "right" = "left"): string {
  const cut = cutTo(text, width);
  const blank = " ".repeat(Math.max(0, width - widthOf(cut)));
  return align === "left" ? cut + blank : blank + cut;
}

/** The text in at most `width` cells, its end replaced by `…` when it is longer. */
export function cutTo(text: string, width: number): string {
  if (width <= 0) return "";
  if (ascii.test(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  // A grapheme has a cell or two, and marks on it at most a few characters: no need to look at all of a long text.
  const head = text.length > width * 16 ? text.slice(0, width * 16) : text;
  if (head === text && widthOf(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const { segment } of segmenter.segment(head)) {
    const next = widthOf(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…`;
}

/** The line in exactly `width` cells: cut, or filled in the tone of `filler`. */
export function fitLine(line: Line, width: number, filler?: Tone): Line {
  const fitted: Span[] = [];
  let room = width;
  for (const { text, tone } of line) {
    if (room <= 0) break;
    const cut = cutTo(text, room);
    fitted.push({ text: cut, tone });
    room -= widthOf(cut);
  }
  if (room > 0) fitted.push({ text: " ".repeat(room), tone: filler ?? "plain" });
  return joined(fitted);
}

/** The same line in as few spans as possible: each costs time in every frame. */
function joined(line: Line): Line {
  const spans: Span[] = [];
  for (const next of line) {
    const last = spans.at(-1);
    if (last?.tone === next.tone) spans[spans.length - 1] = { text: last.text + next.text, tone: last.tone };
    else spans.push(next);
  }
  return spans;
}

/** A line with one part at its left and one at its right end; the right one goes first when there isn't room for both. */
export function spread(left: Line, right: Line, width: number, filler?: Tone): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth >= width) return fitLine(left, width, filler);
  return [...fitLine(left, width - rightWidth, filler), ...right];
}

/** The text on lines of at most `width` cells, broken at spaces where that is possible. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (widthOf(rest) > width) {
    const [head, cells] = headOf(rest, width);
    const space = head.lastIndexOf(" ");
    const end = space > 0 && cells > width / 2 ? space : head.length;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

/** The most of a text's beginning that fits, at least one grapheme. */
function headOf(text: string, width: number): readonly [head: string, cells: number] {
  let head = "";
  let cells = 0;
  for (const { segment } of segmenter.segment(text)) {
    const next = widthOf(segment);
    if (cells + next > width && head !== "") break;
    head += segment;
    cells += next;
  }
  return [head, cells];
}
