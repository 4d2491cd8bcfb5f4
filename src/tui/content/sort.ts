import { columns } from "../columns.js";
import { fit, type Line, span } from "../spans.js";
import type { Sort } from "../columns.js";

/** The columns to sort by, `rows` of them at most, with the choice among them. */
export function sortLines(choice: number, sort: Sort, rows: number): readonly Line[] {
  const top = Math.max(0, Math.min(choice - Math.floor(rows / 2), columns.length - rows));
  return columns.slice(top, top + rows).map((column, n): Line => {
    const chosen = top + n === choice;
    const arrow = column.id === sort.column ? (sort.inverted ? "▼" : "▲") : " ";
    return [
      span(`${chosen ? "▸" : " "}${arrow} ${fit(column.title, 12)}`, chosen ? "cursor" : "value"),
      span(` ${column.order}`, chosen ? "plain" : "faint"),
    ];
  });
}
