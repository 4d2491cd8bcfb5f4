import { grouped } from "../core/grouped.js";
import stringWidth from "string-width";
import type { Counted, Stats } from "../app/stats/index.js";
import { safe, type SafeText } from "../core/safe-text.js";
import { cut } from "./formats/fit.js";
import type { Output } from "./io.js";
import { joined, say } from "./say.js";
import { numberText, rangeLabel } from "./stats-labels.js";

/** Labels take at most this part of the width. */
const labelPart = 0.4;
const shareWidth = 5;
/** Blanks before a line, and between its parts. */
const gap = 2;
/** A bar that is shorter tells nothing: then there is none. */
const leastBar = 5;
/** Longer bars say no more. */
const mostBar = 60;

/** Eighths of a cell, and what there is without them. */
const blocks = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

interface Line {
  readonly label: SafeText;
  readonly count: number;
  /** What stands for all the others is no word of theirs. */
  readonly faint?: boolean;
}

/** Draws the numbers: for each dimension bars on a terminal, and the same without bars and uncut in a pipe. */
export async function writeStatsPicture(stats: Stats, output: Output, ascii: boolean): Promise<void> {
  const { sessions, users, usersCut, anonymous, corrupt } = stats;
  const parts = [
    say`${grouped(sessions)} ${sessions === 1 ? "session" : "sessions"}`,
    say`${usersCut ? "more than " : ""}${grouped(users)} ${users === 1 ? "user" : "users"}`,
    say`${grouped(anonymous)} without a user`,
    ...(corrupt > 0 ? [output.paint("warning", say`${grouped(corrupt)} that cannot be read`)] : []),
  ];
  await output.line(joined(parts, ", "));
  for (const counted of stats.counted) {
    await output.line(say``);
    for (const line of dimensionLines(counted, stats, output, ascii)) await output.line(line);
    if (output.closed) return;
  }
}

function dimensionLines(counted: Counted, stats: Stats, output: Output, ascii: boolean): readonly SafeText[] {
  const { paint } = output;
  const note = noteOf(counted);
  const title = paint("heading", say`${counted.dimension.title.toUpperCase()}`);
  const heading = joined([title, ...(note === "" ? [] : [paint("faint", safe(note))])], "  ");
  if ("lacks" in counted) return [heading];
  return [heading, ...drawn(linesOf(counted, ascii), stats.sessions, output, ascii)];
}

/** What is to be said of a dimension beside its lines. */
function noteOf(counted: Counted): string {
  if ("lacks" in counted) return counted.lacks;
  const unknown = counted.unknown > 0 ? [`${grouped(counted.unknown)} unknown`] : [];
  if ("words" in counted) {
    const { distinct, cut: isCut, top } = counted.words;
    const more = isCut ? `more than ${grouped(distinct)}, of which those met first are counted` : undefined;
    const different = more ?? (distinct > top.length ? `${grouped(distinct)} different` : undefined);
    return [...(different === undefined ? [] : [different]), ...unknown].join(", ");
  }
  const { dimension, numbers } = counted;
  const { least, mean, most } = numbers;
  if (least === undefined || mean === undefined || most === undefined) return unknown.join(", ");
  const text = (value: number) => numberText(value, dimension.unit);
  return [`${text(least)} to ${text(most)}, mean ${text(mean)}`, ...unknown].join(", ");
}

function linesOf(counted: Exclude<Counted, { readonly lacks: string }>, ascii: boolean): readonly Line[] {
  if ("numbers" in counted) {
    const { ranges, never } = counted.numbers;
    const { unit } = counted.dimension;
    const lines = ranges.map((range) => ({ label: rangeLabel(range, unit, ascii ? "-" : "–"), count: range.count }));
    return never > 0 ? [...lines, { label: say`never`, count: never }] : lines;
  }
  const { top, distinct } = counted.words;
  const lines: Line[] = top.map(({ value, count }) => ({ label: safe(value), count }));
  const rest = counted.known - top.reduce((sum, { count }) => sum + count, 0);
  const others = distinct - top.length;
  if (rest === 0) return lines;
  const label = others > 0 ? say`${grouped(others)} others` : say`others`;
  return [...lines, { label, count: rest, faint: true }];
}

function drawn(lines: readonly Line[], sessions: number, output: Output, ascii: boolean): readonly SafeText[] {
  const { paint, isTerminal, width } = output;
  const counts = lines.map(({ count }) => grouped(count));
  const countWidth = Math.max(...counts.map((count) => count.length), 0);
  const natural = Math.max(...lines.map(({ label }) => stringWidth(label)), 0);
  const labelWidth = isTerminal ? Math.min(natural, Math.floor(width * labelPart)) : natural;
  const room = width - gap - labelWidth - gap - countWidth - gap - shareWidth - gap;
  const barWidth = isTerminal && room >= leastBar ? Math.min(room, mostBar) : 0;
  const most = Math.max(...lines.map(({ count, faint }) => (faint === true ? 0 : count)), 1);
  return lines.map(({ label, count, faint }, n) => {
    const style = faint === true ? "faint" : undefined;
    const text = fitted(label, labelWidth, ascii);
    // What is not one of them must not dwarf them.
    const bar = barWidth === 0 ? [] : [paint("accent", barOf(faint === true ? 0 : count / most, barWidth, ascii))];
    const numbers = say`${(counts[n] ?? "").padStart(countWidth)}  ${shareText(count, sessions).padStart(shareWidth)}`;
    const parts = [style === undefined ? text : paint(style, text), ...bar, numbers];
    return joined([say`  `, joined(parts, "  ")]);
  });
}

function fitted(label: SafeText, width: number, ascii: boolean): SafeText {
  const used = stringWidth(label);
  if (used <= width) return joined([label, safe(" ".repeat(width - used))]);
  const shown = cut(label, width);
  return ascii ? (shown.replace("…", "~") as SafeText) : shown;
}

/** A bar in a field of this width; what is more than nothing is seen. */
function barOf(part: number, width: number, ascii: boolean): SafeText {
  const eighths = part === 0 ? 0 : Math.max(1, Math.round(part * width * 8));
  const full = ascii ? Math.max(part === 0 ? 0 : 1, Math.round(eighths / 8)) : Math.floor(eighths / 8);
  const bar = ascii ? "#".repeat(full) : "█".repeat(full) + (blocks[eighths % 8] ?? "");
  return safe(bar + " ".repeat(Math.max(0, width - bar.length)));
}

function shareText(count: number, sessions: number): string {
  const percent = sessions === 0 ? 0 : (count / sessions) * 100;
  return percent > 0 && percent < 0.1 ? "<0.1%" : `${percent >= 10 ? Math.round(percent) : percent.toFixed(1)}%`;
}
