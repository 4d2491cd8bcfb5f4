import type { WatchedSession } from "../../app/watch.js";
import { type PlacedColumn, placeColumns } from "../place-columns.js";
import { tableRows } from "../layout.js";
import { grouped } from "./header.js";
import { fit, fitLine, type Line, type Span, span, wrap } from "../spans.js";
import { asOf, type TopState } from "../state.js";
import type { Tone } from "../theme.js";

/** The column titles and the rows that are on the screen, no others. */
export function tableLines(state: TopState): readonly Line[] {
  const { size, shown, top } = state;
  const placed = placeColumns(size.columns - 3);
  const rows = shown.slice(top, top + tableRows(size));
  if (rows.length === 0) {
    const text = wrap(emptyText(state), size.columns - 4).map((part): Line => [span(`  ${part}`, "label")]);
    return [titleLine(state, placed), [], ...text];
  }
  const now = asOf(state);
  return [
    titleLine(state, placed),
    ...rows.map((row, n) => rowLine(state, row, top + n === state.cursor, placed, now)),
  ];
}

function titleLine({ sort, overlay, size }: TopState, placed: readonly PlacedColumn[]): Line {
  const cells = placed.flatMap(({ column, width }): Span[] => {
    const sorting = column.id === sort.column;
    const arrow = sorting ? (sort.inverted ? "▼" : "▲") : "";
    const title = column.align === "right" ? arrow + column.title : column.title + arrow;
    return [
      span(fit(title, width, column.align), sorting && overlay?.kind !== "sort" ? "head-sort" : "head"),
      span(" ", "head"),
    ];
  });
  return fitLine([span("  ", "head"), ...cells], size.columns, "head");
}

function rowLine(
  state: TopState,
  row: WatchedSession,
  selected: boolean,
  placed: readonly PlacedColumn[],
  now: number,
): Line {
  const marked = state.marks.has(row.id);
  const toneOf = (own: Tone): Tone => (selected ? "cursor" : marked ? "mark" : own);
  const cells = placed.map(({ column, width }) =>
    span(`${fit(column.text(row, now), width, column.align)} `, toneOf(column.tone(row))),
  );
  const signs = span((selected ? "▸" : " ") + (marked ? "●" : " "), toneOf("plain"));
  return fitLine([signs, ...cells], state.size.columns, toneOf("plain"));
}

function emptyText(state: TopState): string {
  if (state.look === undefined) return state.link.kind === "down" ? "Nothing could be read yet." : "Reading …";
  const { length } = state.look.rows;
  if (state.filter !== "")
    return `None of the ${grouped(length)} most recent sessions has these words. Esc clears the filter.`;
  return "No sessions.";
}
