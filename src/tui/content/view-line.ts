import { timeOfDay } from "../../core/time-of-day.js";
import { formatDuration } from "../../core/duration.js";
import { grouped } from "../columns/column.js";
import { sessionColumns } from "../columns/sessions.js";
import type { Page, SessionsPage } from "../pages.js";
import { cutTo, fitLine, type Line, lineWidth, span, spread, widthOf } from "../spans.js";
import { pageOf, type TopState } from "../state.js";
import { queryOf } from "../update/selection.js";
import { tabNames } from "../update/viewing.js";
import { linkBanner } from "./link-banner.js";

/** The last line of the header: the views, and what of it the one shown has; or the filter while it is typed; or that Redis is gone. */
export function viewLine(state: TopState, width: number): Line {
  const page = pageOf(state);
  if (state.overlay?.kind === "filter" && page.kind === "sessions") return filterLine(page, width);
  const banner = linkBanner(state);
  if (banner !== undefined) return fitLine([banner], width, "banner-danger");
  if (state.look === undefined) return fitLine([span(" connecting …", "label")], width);
  const tabs = [span(" "), ...tabNames.flatMap((name) => [tabSpan(state, name), span(" ")])];
  const separator = span(" · ", "label");
  const about = aboutOf(state, page).flatMap((part, n): Line => (n === 0 ? part : [separator].concat(part)));
  // On a narrow screen the view's name stands for all of them.
  const short = [span(" "), tabSpan(state, state.tab), span(" ")];
  const room = lineWidth(tabs) + 1 + lineWidth(about) <= width;
  return fitLine([...(room ? tabs : short), span(" "), ...about], width);
}

function tabSpan({ tab }: TopState, name: TopState["tab"]) {
  const title = `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`;
  return name === tab ? span(`[${title}]`, "word") : span(` ${title} `, "label");
}

function filterLine({ filter, shown }: SessionsPage, width: number): Line {
  const found = span(` ${grouped(shown.length)} found `, "label");
  const room = width - 4 - widthOf(found.text);
  return spread([span(" / ", "key"), span(endOf(filter.text, room), "value"), span(" ", "cursor")], [found], width);
}

function aboutOf(state: TopState, page: Page): readonly Line[] {
  switch (page.kind) {
    case "sessions":
      return aboutSessions(state, page);
    case "details":
      return [[span("details of ", "label"), span(page.row.name.slice(0, 8), "id")]];
    case "groups":
      return [[span(`${grouped(page.shown.length)} by ${page.by}`, "label")], [span(amountOf(state), "label")]];
    case "findings":
      return aboutFindings(state);
    case "events":
      return [[span(`the latest ${grouped(state.pulse.events.length)} since this screen began`, "label")]];
  }
}

function aboutSessions(state: TopState, page: SessionsPage): readonly Line[] {
  const { filter, sort, marks, shown, scope } = page;
  const column = sessionColumns.find(({ id }) => id === sort.column);
  const users = queryOf(page)?.users;
  const amount = scopeText(state, page) ?? (users === undefined ? amountOf(state) : `all of ${filter.inForce}`);
  return [
    ...(filter.text === ""
      ? []
      : [
          [
            span("/ ", "key"),
            span(endOf(filter.inForce, 24), "value"),
            span(` ${grouped(shown.length)} found`, "mark"),
          ],
        ]),
    ...(marks.size === 0 ? [] : [[span(`● ${grouped(marks.size)} marked`, "mark")]]),
    ...(users !== undefined && scope.kind === "recent" ? [] : [[span(amount, "label")]]),
    [span(`by ${column?.title ?? ""} ${sort.inverted ? "▼" : "▲"}`, "label")],
  ];
}

function scopeText(state: TopState, { scope, own, shown }: SessionsPage): string | undefined {
  if (scope.kind === "recent") return undefined;
  if (scope.kind === "ids") {
    const there = own === undefined ? "reading" : `${grouped(shown.length)} of ${grouped(scope.ids.length)} there`;
    return `${cutTo(scope.title, 30)}: ${there}`;
  }
  const name = `${scope.by} ${cutTo(scope.name ?? "not known", 30)}`;
  return scope.users === undefined ? `${name}, ${amountOf(state)}` : `all of ${name}`;
}

/** Of which sessions a list is. */
function amountOf({ look, now }: TopState): string {
  if (look === undefined) return "";
  const { rows, limit, sessions, walk } = look;
  const amount =
    rows.length < limit
      ? `all ${grouped(rows.length)}`
      : `the ${grouped(rows.length)} most recent of ${grouped(sessions)}`;
  if (walk === undefined) return amount;
  if (walk.endedAt === undefined) return `${amount} read so far`;
  return `${amount}, counted ${formatDuration(now - walk.endedAt)} ago`;
}

function aboutFindings({ audit, now }: TopState): readonly Line[] {
  const { read, last, problem } = audit;
  const parts: Line[] = [];
  if (read !== undefined) parts.push([span(`auditing: ${grouped(read)} sessions read`, "warning")]);
  if (problem !== undefined) parts.push([span(`the audit failed: ${problem.message}`, "danger")]);
  if (last !== undefined) {
    const count = `${grouped(last.findings.length)}${last.more > 0 ? ` and ${grouped(last.more)} more` : ""}`;
    const age = `${timeOfDay(last.at)} (${formatDuration(now - last.at)} ago)`;
    parts.push([span(`${count} in ${grouped(last.sessions)} sessions, ${age}; r audits anew`, "label")]);
  }
  return parts;
}

function endOf(text: string, room: number): string {
  let end = text;
  while (widthOf(end) > room) end = end.slice(1);
  return end;
}
