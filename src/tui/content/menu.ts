import { type SessionSort, sessionColumns } from "../columns/sessions.js";
import { groupings } from "../groupings.js";
import { fit, type Line, span } from "../spans.js";

/** The columns to sort by, `rows` of them at most, with the choice among them. */
export function sortLines(choice: number, sort: SessionSort, rows: number): readonly Line[] {
  const entries = sessionColumns.map(({ id, title, order }) => ({
    title,
    about: order,
    sign: id === sort.column ? (sort.inverted ? "▼" : "▲") : " ",
  }));
  return menuLines(entries, choice, rows);
}

/** What to group by, with the choice among it. */
export function groupingLines(choice: number, by: string, rows: number): readonly Line[] {
  const entries = groupings.map((grouping) => ({
    title: grouping.by,
    about: grouping.about,
    sign: grouping.by === by ? "●" : " ",
  }));
  return menuLines(entries, choice, rows);
}

interface Entry {
  readonly title: string;
  readonly about: string;
  readonly sign: string;
}

function menuLines(entries: readonly Entry[], choice: number, rows: number): readonly Line[] {
  const top = Math.max(0, Math.min(choice - Math.floor(rows / 2), entries.length - rows));
  return entries.slice(top, top + rows).map(({ title, about, sign }, n): Line => {
    const chosen = top + n === choice;
    return [
      span(`${chosen ? "▸" : " "}${sign} ${fit(title, 12)}`, chosen ? "cursor" : "value"),
      span(` ${about}`, chosen ? "plain" : "faint"),
    ];
  });
}
