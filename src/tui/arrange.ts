import type { WatchedSession } from "../app/watch/session.js";
import { sessionColumns, type SessionSort } from "./columns/sessions.js";
import type { Filter } from "./pages.js";

/** Whether rows in this order stand as the index has them, the most recent first. */
export function isByRecency({ column, inverted }: SessionSort): boolean {
  return column === "idle" && !inverted;
}

/**
 * The rows, given most recent first, that pass the filter at `now` (ms), in the order of the sort. The same rows always
 * come in the same order.
 */
export function arrange(
  rows: readonly WatchedSession[],
  filter: Filter,
  sort: SessionSort,
  now: number,
): readonly WatchedSession[] {
  const passing = rows.filter(passes(filter, now));
  // What was not read yet has a time from the index only, by which it must not move.
  if (isByRecency(sort)) return passing;
  const column = sessionColumns.find(({ id }) => id === sort.column);
  if (column === undefined) return passing;
  const direction = sort.inverted ? -1 : 1;
  return passing
    .map((row) => ({ row, value: column.value(row) }))
    .toSorted((a, b) => {
      if (a.value === undefined || b.value === undefined) {
        return Number(a.value === undefined) - Number(b.value === undefined) || compare(a.row.id, b.row.id);
      }
      return direction * compare(a.value, b.value) || compare(a.row.id, b.row.id);
    })
    .map(({ row }) => row);
}

function passes({ inForce, compiled }: Filter, now: number): (row: WatchedSession) => boolean {
  if (compiled !== undefined) return (row) => !row.unread && compiled.matches(row.session, now);
  const words = wordsOf(inForce);
  return (row) => words.every((word) => row.text.includes(word));
}

/** The words of a text filter, lower case. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : Number(a > b);
}
