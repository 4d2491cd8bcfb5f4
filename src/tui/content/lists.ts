import { grouped } from "../columns/column.js";
import { eventColumns } from "../columns/events.js";
import { findingColumns } from "../columns/findings.js";
import { groupColumns } from "../columns/groups.js";
import { placelessColumns, sessionColumns } from "../columns/sessions.js";
import { explanationOf, listRows } from "../layout.js";
import type { EventsPage, FindingsPage, GroupsPage, SessionsPage } from "../pages.js";
import { type Line, span, wrap } from "../spans.js";
import { asOf, type TopState } from "../state.js";
import { type Table, tableLines } from "./table.js";

/** A list of sessions. */
export function sessionLines(state: TopState, page: SessionsPage): readonly Line[] {
  const { vanished, overlay } = state;
  const lines = tableLines({
    ...tableOf(state, page, page.shown),
    columns: state.geography === "there" ? sessionColumns : placelessColumns,
    sort: overlay?.kind === "sort" ? undefined : page.sort,
    note: (row) => {
      const gone = vanished.get(row.id);
      if (gone !== undefined) {
        return { sign: "✖", tone: "danger", end: `✖ ${gone.why}` };
      }
      return page.marks.has(row.id) ? { sign: "●", tone: "mark" } : {};
    },
  });
  return page.shown.length > 0 ? lines : [...lines, ...words(state, whyNoSessions(state, page))];
}

/** The most recent sessions by what they have in common. */
export function groupLines(state: TopState, page: GroupsPage): readonly Line[] {
  const lines = tableLines({ ...tableOf(state, page, page.shown), columns: groupColumns(page.by) });
  return page.shown.length > 0 ? lines : [...lines, ...words(state, "No sessions.")];
}

/** What the audit found, and what the selected finding means. */
export function findingLines(state: TopState, page: FindingsPage): readonly Line[] {
  const { last, read, ended } = state.audit;
  const findings = last?.findings ?? [];
  const lines = tableLines({
    ...tableOf(state, page, findings),
    columns: findingColumns,
    note: ({ sessions }) => {
      const gone = sessions.filter((id) => ended.has(id)).length;
      if (gone === 0) return {};
      return gone < sessions.length ? { end: `✔ ${gone} ended` } : { sign: "✔", tone: "faint", end: "✔ ended" };
    },
  });
  if (findings.length === 0) {
    const text =
      read !== undefined
        ? "Every session is read and judged. The screen goes on meanwhile."
        : last === undefined
          ? "No audit yet: r begins one."
          : ["Nothing found.", ...last.notRun.map((why) => `Could not judge: ${why}.`)].join(" ");
    return [...lines, ...words(state, text)];
  }
  const selected = findings[page.cursor];
  const blank = Array.from({ length: 1 + listRows(state) - lines.length }, (): Line => []);
  const about = selected === undefined ? [] : wrap(selected.summary, state.size.columns - 4);
  const shown = about.slice(0, explanationOf(state.size) - 1).map((text): Line => [span(`  ${text}`)]);
  return [...lines, ...blank, [], ...shown];
}

/** What happens to sessions, the latest first. */
export function eventLines(state: TopState, page: EventsPage): readonly Line[] {
  const { told, events } = state.pulse;
  const lines = tableLines({ ...tableOf(state, page, events), columns: eventColumns });
  if (events.length > 0) return lines;
  if (told === "never") return [...lines, ...words(state, `The layout ${state.settings.layout} keeps no events.`)];
  if (typeof told === "object") return [...lines, ...words(state, `Events cannot be read: ${told.message}.`)];
  return [...lines, ...words(state, "Nothing has happened yet.")];
}

function tableOf<Row>(
  state: TopState,
  { cursor, top }: { readonly cursor: number; readonly top: number },
  rows: readonly Row[],
): Omit<Table<Row>, "columns"> {
  return { cursor, top, rows, width: state.size.columns, height: listRows(state), now: asOf(state) };
}

function words({ size }: TopState, text: string): readonly Line[] {
  return [[], ...wrap(text, size.columns - 4).map((part): Line => [span(`  ${part}`, "label")])];
}

function whyNoSessions(state: TopState, page: SessionsPage): string {
  const { look, link } = state;
  if (look === undefined) return link.kind === "down" ? "Nothing could be read yet." : "Reading …";
  if (page.scope.kind !== "recent" && page.own === undefined && page.scope.kind === "ids") return "Reading …";
  if (page.filter.text !== "") {
    const rows = `${grouped(look.rows.length)} most recent sessions`;
    return page.filter.compiled === undefined
      ? `None of the ${rows} has these words. Esc clears the filter.`
      : "No session that was looked at matches. Esc clears the filter.";
  }
  if (page.scope.kind === "ids") return "None of these sessions is there any more. Esc goes back.";
  return "No sessions.";
}
