import type { Column } from "../columns/column.js";
import { type PlacedColumn, placeColumns } from "../columns/place.js";
import type { Place } from "../pages.js";
import { cutTo, fit, fitLine, type Line, type Span, span, spread } from "../spans.js";
import type { Tone } from "../theme.js";

/** What a table is of. */
export interface Table<Row> extends Place {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly width: number;
  /** Lines for rows. */
  readonly height: number;
  readonly now: number;
  readonly sort?: { readonly column: string; readonly inverted: boolean } | undefined;
  /** What is said of a row beside its cells. */
  readonly note?: (row: Row) => RowNote;
}

/** What is said of a row beside its cells: a sign before it, a tone over all of it, words at its end. */
export interface RowNote {
  readonly sign?: string;
  readonly tone?: Tone;
  /** Words at the end of the line, over what stands there. */
  readonly end?: string;
}

/** The column titles and the rows that are on the screen, no others. */
export function tableLines<Row>(table: Table<Row>): readonly Line[] {
  const { columns, rows, top, height, cursor, width } = table;
  const placed = placeColumns(columns, width - 3);
  return [
    titleLine(table, placed),
    ...rows.slice(top, top + height).map((row, n) => rowLine(table, row, top + n === cursor, placed)),
  ];
}

function titleLine<Row>({ sort, width }: Table<Row>, placed: readonly PlacedColumn<Row>[]): Line {
  const cells = placed.flatMap(({ column, width: cell }): Span[] => {
    const sorting = column.id === sort?.column;
    const arrow = sorting ? (sort.inverted ? "▼" : "▲") : "";
    const title = column.align === "right" ? arrow + column.title : column.title + arrow;
    return [span(fit(title, cell, column.align), sorting ? "head-sort" : "head"), span(" ", "head")];
  });
  return fitLine([span("  ", "head"), ...cells], width, "head");
}

function rowLine<Row>(table: Table<Row>, row: Row, selected: boolean, placed: readonly PlacedColumn<Row>[]): Line {
  const { sign = " ", tone, end } = table.note?.(row) ?? {};
  const toneOf = (own: Tone): Tone => (selected ? "cursor" : (tone ?? own));
  const cells = placed.map(({ column, width }) => {
    return span(`${fit(column.text(row, table.now), width, column.align)} `, toneOf(column.tone(row)));
  });
  const signs = span((selected ? "▸" : " ") + sign, toneOf("plain"));
  const words = end === undefined ? [] : [span(` ${cutTo(end, table.width / 2)} `, toneOf("plain"))];
  return spread([signs, ...cells], words, table.width, toneOf("plain"));
}
