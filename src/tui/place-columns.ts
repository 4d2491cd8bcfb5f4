import { type Column, type ColumnId, columns } from "./columns.js";

/** Which columns come first when a line has not enough room for all. */
const byImportance: readonly ColumnId[] = [
  "id",
  "user",
  "idle",
  "ip",
  "flags",
  "left",
  "client",
  "age",
  "level",
  "size",
  "agent",
];

/** From here on only what is left over. */
const firstExtra: ColumnId = "level";

const byId = new Map(columns.map((column) => [column.id, column]));

/** A column with its share of the line. */
export interface PlacedColumn {
  readonly column: Column;
  readonly width: number;
}

/** The columns that fit into `width` cells with one cell between them, in order, and how wide each is. */
export function placeColumns(width: number): readonly PlacedColumn[] {
  const widths = new Map<ColumnId, number>();
  let room = width + 1;
  for (const id of byImportance) {
    // What only wide terminals have room for comes after everything else has its usual width.
    if (id === firstExtra) room = widen(widths, room, "usual");
    const needed = columnOf(id).min + 1;
    if (needed > room) break;
    room -= needed;
    widths.set(id, columnOf(id).min);
  }
  widen(widths, widen(widths, room, "usual"), "max");
  return columns.flatMap((column) => {
    const placed = widths.get(column.id);
    return placed === undefined ? [] : [{ column, width: placed }];
  });
}

/** Gives what room there is to the columns, a cell each in turn, up to a bound of theirs; returns the rest. */
function widen(widths: Map<ColumnId, number>, room: number, bound: "usual" | "max"): number {
  let rest = room;
  for (let growing = true; growing;) {
    growing = false;
    for (const [id, width] of widths) {
      if (rest <= 0 || width >= columnOf(id)[bound]) continue;
      widths.set(id, width + 1);
      rest--;
      growing = true;
    }
  }
  return rest;
}

function columnOf(id: ColumnId): Column {
  const column = byId.get(id);
  if (column === undefined) throw new RangeError(`no column ${id}`);
  return column;
}
