import type { WatchedSession } from "../app/watch.js";
import { columns, type Sort } from "./columns.js";

/** The rows that contain every word of the filter, in the order of the sort. The same rows always come in the same order. */
export function arrange(rows: readonly WatchedSession[], filter: string, sort: Sort): readonly WatchedSession[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const passing = rows.filter((row) => words.every((word) => row.text.includes(word)));
  const column = columns.find(({ id }) => id === sort.column);
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

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : Number(a > b);
}
