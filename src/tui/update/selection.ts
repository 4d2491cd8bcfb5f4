import { groupOf, groupsOf } from "../../app/watch/groups.js";
import type { WatchedSession } from "../../app/watch/session.js";
import { arrange } from "../arrange.js";
import type { OwnQuery } from "../events.js";
import { listRows, tableRows } from "../layout.js";
import type { Page, Place, SessionsPage } from "../pages.js";
import { pageOf, type TopState, withPage } from "../state.js";

/** The list of sessions that has the screen; `undefined` when something else has. */
export function sessionsOf(state: TopState): SessionsPage | undefined {
  const page = pageOf(state);
  return page.kind === "sessions" ? page : undefined;
}

/** The row under the cursor of a list of sessions; `undefined` when there is none. */
export function selected(state: TopState): WatchedSession | undefined {
  const page = sessionsOf(state);
  return page?.shown[page.cursor];
}

/** What a list of sessions reads by itself; `undefined` when it is of the most recent. */
export function queryOf({ scope, filter }: SessionsPage): OwnQuery | undefined {
  if (scope.kind === "ids") return { ids: scope.ids };
  if (scope.kind === "group") return scope.users && { users: scope.users };
  const users = filter.compiled?.users;
  return users && { users };
}

/** Whether two lists read the same. */
export function sameQuery(a: OwnQuery | undefined, b: OwnQuery | undefined): boolean {
  return a?.ids === b?.ids && a?.users?.join("\n") === b?.users?.join("\n");
}

/** The list with its rows filtered and sorted anew. The cursor stays on the session that it follows, else on its line. */
export function rearrangedPage(state: TopState, page: SessionsPage): SessionsPage {
  const shown = arrange(rowsOf(state, page), page.filter, page.sort, state.now);
  const followed = shown.findIndex((row) => row.id === page.following);
  const following = followed >= 0 ? page.following : undefined;
  const place = placed(page, followed >= 0 ? followed : page.cursor, shown.length, tableRows(state.size));
  return { ...page, ...place, shown, following };
}

/** The state with the lists of all its pages made anew. */
export function rearranged(state: TopState): TopState {
  const sessions = rearrangedPage(state, state.tabs.sessions);
  const { groups } = state.tabs;
  const shown = state.tab === "groups" ? groupsOf(state.look?.rows ?? [], groups.by) : groups.shown;
  const next = {
    ...state,
    tabs: { ...state.tabs, sessions, groups: { ...groups, shown } },
    over: state.over.map((page) => (page.kind === "sessions" ? rearrangedPage(state, page) : page)),
  };
  return withinLists(next);
}

/** The state with every cursor on a line that exists, and inside its window. */
export function withinLists(state: TopState): TopState {
  const { tabs, over, size } = state;
  const rows = listRows(state);
  const within = <P extends Page & Place>(page: P): P => {
    const room = page.kind === "findings" ? rows : tableRows(size);
    return { ...page, ...placed(page, page.cursor, lengthOf(state, page), room) };
  };
  return {
    ...state,
    tabs: {
      sessions: within(tabs.sessions),
      groups: within(tabs.groups),
      findings: within(tabs.findings),
      events: within(tabs.events),
    },
    over: over.map((page) => (page.kind === "sessions" ? within(page) : page)),
  };
}

/** The state with the cursor of the list that has the screen moved to that line, or the nearest that exists. */
export function scrolled(state: TopState, cursor: number): TopState {
  const page = pageOf(state);
  if (page.kind === "details") return state;
  return withPage(state, { ...page, ...placed(page, cursor, lengthOf(state, page), listRows(state)) });
}

/** How many lines a list has. */
export function lengthOf(state: TopState, page: Page): number {
  switch (page.kind) {
    case "sessions":
    case "groups":
      return page.shown.length;
    case "findings":
      return state.audit.last?.findings.length ?? 0;
    case "events":
      return state.pulse.events.length;
    case "details":
      return 0;
  }
}

function placed({ top }: Place, cursor: number, length: number, rows: number): Place {
  const within = clamp(cursor, 0, length - 1);
  return { cursor: within, top: clamp(clamp(top, within - rows + 1, within), 0, Math.max(0, length - rows)) };
}

function rowsOf(state: TopState, page: SessionsPage): readonly WatchedSession[] {
  const { scope } = page;
  const read = queryOf(page) === undefined ? (state.look?.rows ?? []) : (page.own ?? []);
  const rows =
    scope.kind === "group" && scope.users === undefined
      ? read.filter((row) => !row.unread && groupOf(row, scope.by) === scope.name)
      : read;
  const { ended, vanished } = state;
  const there = rows.filter(({ id }) => !ended.has(id) || vanished.has(id));
  if (vanished.size === 0) return there;
  // What has gone stays where it stood for a moment.
  const ids = new Set(there.map(({ id }) => id));
  const before = new Set(page.shown.map(({ id }) => id));
  const gone = [...vanished.values()].filter(({ row }) => !ids.has(row.id) && before.has(row.id));
  return gone.reduce(inserted, there);
}

function inserted(
  rows: readonly WatchedSession[],
  { row }: { readonly row: WatchedSession },
): readonly WatchedSession[] {
  const later = rows.findIndex(({ lastSeenAt }) => (lastSeenAt ?? 0) < (row.lastSeenAt ?? 0));
  const place = later < 0 ? rows.length : later;
  return [...rows.slice(0, place), row, ...rows.slice(place)];
}

/** The number nearest to `value` that is not below `low` and, as far as that allows, not above `high`. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
