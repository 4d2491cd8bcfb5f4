import { formatDuration } from "../../core/duration.js";
import { safe, type SafeText } from "../../core/safe-text.js";
import type { Tone } from "../theme.js";

/** One column of a table. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Which columns go first when a line has not room for all: those with the lowest rank stay. */
  readonly rank: number;
  /** Wants only what is left over when all others have their usual width. */
  readonly extra?: true;
  /** Width in cells: the least, what is usually enough, and the most. */
  readonly min: number;
  readonly usual: number;
  readonly max: number;
  readonly align: "left" | "right";
  readonly tone: (row: Row) => Tone;
  /** `now` is the instant that relative times count from, ms. */
  readonly text: (row: Row, now: number) => SafeText;
}

/** Stands for what a layout cannot tell, and for nobody. */
export const nothing = safe("-");

/** How long ago something was, in at most five cells. */
export function elapsed(since: number | undefined, now: number): SafeText {
  return since === undefined ? nothing : safe(formatDuration(now - since));
}

/** A size in at most six cells. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${(bytes / 1000).toPrecision(3)}k`.replace(/\.0+k$/, "k");
  if (bytes < 999_500_000) return `${(bytes / 1_000_000).toPrecision(3)}M`;
  return `${(bytes / 1_000_000_000).toPrecision(3)}G`;
}

/** A count with its thousands apart. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
