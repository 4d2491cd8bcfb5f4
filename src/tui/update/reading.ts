import { defaultWatchLimit } from "../../app/watch/watch.js";
import type { Look, LookRequest } from "../../app/watch/look.js";
import { isByRecency } from "../arrange.js";
import { step, type Step, type TopEvent } from "../events.js";
import { tableRows } from "../layout.js";
import { pageOf, type TopState } from "../state.js";
import { besides } from "./besides.js";
import { queryOf, rearranged, sessionsOf, withinLists } from "./selection.js";
import { faded, vanish } from "./vanishing.js";

/** Looks that the graphs remember. */
const historyLength = 240;

/** Asks for a look and what is read beside it; when one is under way, for another one after it. */
export function askForLook(state: TopState): Step {
  if (state.lookingSince !== undefined) return step(state, { lookAgain: true });
  // The first look reads no more than can be seen: it is there the sooner. The whole follows at once.
  const first = state.look === undefined;
  const request: LookRequest = first
    ? { limit: tableRows(state.size) }
    : { limit: defaultWatchLimit, whole: wholeOf(state), onScreen: onScreen(state) };
  const { reads, effects } = first ? { reads: state.reads, effects: [] } : besides(state);
  return step(state, { lookingSince: state.now, lookAgain: first, reads }, { type: "look", request }, ...effects);
}

/** The places whose records a look reads; `undefined` for all, when an order, a filter or groups need them. */
function wholeOf(state: TopState): LookRequest["whole"] {
  const page = pageOf(state);
  if (page.kind === "groups" || (page.kind === "sessions" && page.scope.kind === "group")) return undefined;
  if (page.kind !== "sessions" || queryOf(page) !== undefined) return { from: 0, to: 0 };
  if (page.filter.text !== "" || !isByRecency(page.sort)) return undefined;
  const rows = tableRows(state.size);
  return { from: Math.max(0, page.top - rows), to: page.top + 2 * rows };
}

/** The sessions on the screen, of which a look says whether they are still there. */
function onScreen(state: TopState) {
  const page = sessionsOf(state);
  if (page === undefined || queryOf(page) !== undefined) return [];
  return page.shown
    .slice(page.top, page.top + tableRows(state.size))
    .filter(({ id, unread }) => !unread && !state.vanished.has(id))
    .map(({ id }) => id);
}

/** Time went on: the clock on the screen, and a look when it is due. */
export function ticked(state: TopState, at: number): Step {
  // The screen shows whole seconds: a tick within the same one changes nothing.
  const sameSecond = Math.floor(at / 1000) === Math.floor(state.now / 1000);
  const timed = sameSecond || state.settings.still ? state : faded({ ...state, now: at });
  const due = state.lookingSince === undefined && at >= state.nextLookAt && state.pausedAt === undefined;
  return due ? askForLook(faded({ ...timed, now: at })) : { state: timed, effects: [] };
}

/** A look came back. */
export function looked(state: TopState, look: Look): Step {
  const now = Math.max(state.now, look.at);
  const next: TopState = {
    ...vanish(state, look.gone, now),
    now,
    look,
    link: { kind: "up" },
    lookingSince: undefined,
    lookAgain: false,
    nextLookAt: state.lookAgain ? now : look.at + state.intervalMs,
    history: [...state.history, { active: look.active1m, flagged: look.flagged }].slice(-historyLength),
    ended: new Map([...state.ended].filter(([, at]) => at >= look.at)),
  };
  const read = readMissing(rearranged(next), detailsOf(state));
  // With the first look the screen is there; what takes time comes after it.
  return state.look === undefined ? { ...read, effects: [...read.effects, { type: "locate" }] } : read;
}

/** A look failed: what was read last stays. */
export function lookFailed(state: TopState, event: Extract<TopEvent, { type: "look-failed" }>): Step {
  const { at, problem } = event;
  return step(state, {
    now: Math.max(state.now, at),
    lookingSince: undefined,
    lookAgain: false,
    nextLookAt: at + state.intervalMs,
    link: { kind: "down", since: state.link.kind === "down" ? state.link.since : at, problem },
  });
}

/** Asks for the rows on the screen that are not read yet, and for these sessions. */
export function readMissing(state: TopState, also: readonly string[] = []): Step {
  if (state.reads.rows) return step(state);
  const page = sessionsOf(state);
  const missing = (page?.shown.slice(page.top, page.top + tableRows(state.size)) ?? [])
    .filter(({ unread }) => unread)
    .map(({ id }) => id);
  const ids = [...missing, ...also];
  if (ids.length === 0) return step(state);
  return step(state, { reads: { ...state.reads, rows: true } }, { type: "read-rows", ids });
}

/** Sessions were read by their ids. One whose details are open, gone, stays on the screen in its last state and says so. */
export function rowsRead(state: TopState, { ids, rows }: Extract<TopEvent, { type: "rows-read" }>): Step {
  const read = { ...state, reads: { ...state.reads, rows: false } };
  if (rows === undefined) return step(read);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const asked = new Set(ids);
  const look = state.look && {
    ...state.look,
    rows: state.look.rows.flatMap((row) => (asked.has(row.id) ? (byId.get(row.id) ?? []) : row)),
  };
  const over = state.over.map((page) => {
    if (page.kind !== "details" || !asked.has(page.row.id)) return page;
    const row = byId.get(page.row.id);
    return row === undefined ? { ...page, gone: true } : { ...page, row };
  });
  return readMissing(rearranged({ ...read, look, over }));
}

/** What follows when another page has the screen or its window moved: rows to read, or a look for what it needs. */
export function shownAnew(state: TopState): Step {
  const within = withinLists(state);
  const { look, lookingSince } = within;
  const needsAll = look !== undefined && wholeOf(within) === undefined && look.rows.some(({ unread }) => unread);
  const page = sessionsOf(within);
  const needsOwn = page !== undefined && queryOf(page) !== undefined && page.own === undefined;
  if ((needsAll || needsOwn) && lookingSince === undefined) return askForLook(within);
  if (needsAll || needsOwn) return step(within, { lookAgain: true });
  return readMissing(within, detailsOf(within));
}

function detailsOf(state: TopState): readonly string[] {
  const page = pageOf(state);
  return page.kind === "details" && !page.gone ? [page.row.id] : [];
}
