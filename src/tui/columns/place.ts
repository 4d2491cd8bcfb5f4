import type { Column } from "./column.js";

/** A column with its share of the line. */
export interface PlacedColumn<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

/** The columns that fit into `width` cells with one cell between them, in order, and how wide each is. */
export function placeColumns<Row>(columns: readonly Column<Row>[], width: number): readonly PlacedColumn<Row>[] {
  const widths = new Map<Column<Row>, number>();
  let room = width + 1;
  let extras = false;
  for (const column of columns.toSorted((a, b) => a.rank - b.rank)) {
    // What only wide terminals have room for comes after everything else has its usual width.
    if (column.extra && !extras) room = widen(widths, room, "usual");
    extras ||= column.extra ?? false;
    const needed = column.min + 1;
    if (needed > room) break;
    room -= needed;
    widths.set(column, column.min);
  }
  widen(widths, widen(widths, room, "usual"), "max");
  return columns.flatMap((column) => {
    const placed = widths.get(column);
    return placed === undefined ? [] : [{ column, width: placed }];
  });
}

/** Gives what room there is to the columns, a cell each in turn, up to a bound of theirs; returns the rest. */
function widen<Row>(widths: Map<Column<Row>, number>, room: number, bound: "usual" | "max"): number {
  let rest = room;
  for (let growing = true; growing;) {
    growing = false;
    for (const [column, width] of widths) {
      if (rest <= 0 || width >= column[bound]) continue;
      widths.set(column, width + 1);
      rest--;
      growing = true;
    }
  }
  return rest;
}
