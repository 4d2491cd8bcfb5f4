import { sessionColumns } from "../columns/sessions.js";
import { safe } from "../../core/safe-text.js";
import { eraseFrom, moveFocus } from "../dialog.js";
import { step, type Step, andThen } from "../events.js";
import { groupings } from "../groupings.js";
import type { Action } from "../binding.js";
import type { SessionsPage } from "../pages.js";
import { pageOf, type TopState, withPage } from "../state.js";
import { targetOf } from "../target.js";
import { ask, confirm, unlock } from "./changing.js";
import { filtered, refiltered, unfiltered } from "./filtering.js";
import { move, type Movement } from "./moving.js";
import { askForLook, shownAnew } from "./reading.js";
import { rearrangedPage, selected, sessionsOf } from "./selection.js";
import { closed, groupedBy, markedAll, opened, startAudit, view, viewAfter, viewFindings } from "./viewing.js";

/** Intervals that `+` and `-` step through, in ms. */
export const intervals: readonly number[] = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000];

/** Does what a key stands for. */
export function act(state: TopState, action: Exclude<Action, Movement>): Step {
  return handlers[action](state);
}

const handlers: Record<Exclude<Action, Movement>, (state: TopState) => Step> = {
  open: opened,
  back: closed,
  clear: (state) => {
    if (state.notice !== undefined) return step(state, { notice: undefined });
    const page = sessionsOf(state);
    return page !== undefined && page.filter.text === "" && state.over.length > 0 ? closed(state) : unfiltered(state);
  },
  help: (state) => step(state, { overlay: { kind: "help", scroll: 0 } }),
  "next-view": (state) => viewAfter(state, 1),
  "previous-view": (state) => viewAfter(state, -1),
  findings: viewFindings,
  events: (state) => view(state, "events"),

  filter: (state) => onSessions(state, ({ filter }) => step(state, { overlay: { kind: "filter", before: filter } })),
  "keep-filter": (state) => {
    // What has a mistake is not left behind as if it were in force.
    const mistake = sessionsOf(state)?.filter.mistake;
    return step(state, mistake === undefined ? { overlay: undefined } : {});
  },
  "drop-filter": (state) =>
    state.overlay?.kind === "filter" ? refiltered({ ...state, overlay: undefined }, state.overlay.before) : step(state),
  erase: (state) => {
    if (state.overlay?.kind === "dialog") return step(state, { overlay: eraseFrom(state.overlay) });
    return onSessions(state, ({ filter }) => filtered(state, Array.from(filter.text).slice(0, -1).join("")));
  },
  "erase-all": (state) => filtered(state, ""),

  sort: (state) =>
    onSessions(state, ({ sort }) => {
      const choice = sessionColumns.findIndex(({ id }) => id === sort.column);
      return step(state, { overlay: { kind: "sort", choice: Math.max(0, choice) } });
    }),
  group: (state) => {
    const choice = groupings.findIndex(({ by }) => by === state.tabs.groups.by);
    return step(state, { overlay: { kind: "group", choice: Math.max(0, choice) } });
  },
  choose: (state) => {
    const { overlay } = state;
    if (overlay?.kind === "group") return groupedBy(state, overlay.choice);
    const column = overlay?.kind === "sort" ? sessionColumns[overlay.choice] : undefined;
    if (column === undefined) return step(state);
    return sorted({ ...state, overlay: undefined }, ({ sort }) => ({
      column: column.id,
      inverted: column.id === sort.column && sort.inverted,
    }));
  },
  invert: (state) => sorted(state, ({ sort }) => ({ ...sort, inverted: !sort.inverted })),
  follow: (state) =>
    onSessions(state, (page) => {
      const following = page.following === undefined ? page.shown[page.cursor]?.id : undefined;
      return step(withPage(state, { ...page, following }));
    }),
  copy: (state) => {
    const page = pageOf(state);
    const name = page.kind === "details" ? page.row.name : selected(state)?.name;
    if (name === undefined) return step(state);
    const notice = { tone: "good" as const, text: safe(`Copied ${name}, if the terminal lets programs do that`) };
    return step(state, { notice }, { type: "copy", text: name });
  },

  mark: (state) =>
    onSessions(state, (page) => {
      const row = page.shown[page.cursor];
      if (row === undefined || row.unread || state.locked || state.vanished.has(row.id)) return step(state);
      const marks = new Map(page.marks);
      if (!marks.delete(row.id)) marks.set(row.id, targetOf(row));
      return move(withPage(state, { ...page, marks }), "down");
    }),
  "mark-all": markedAll,
  unmark: (state) => onSessions(state, (page) => step(withPage(state, { ...page, marks: new Map() }))),
  revoke: (state) => ask(state, "revoke"),
  expire: (state) => ask(state, "expire"),
  unlock,
  "next-stop": (state) =>
    state.overlay?.kind === "dialog" ? step(state, { overlay: moveFocus(state.overlay, 1) }) : step(state),
  "previous-stop": (state) =>
    state.overlay?.kind === "dialog" ? step(state, { overlay: moveFocus(state.overlay, -1) }) : step(state),
  press: (state) => {
    if (state.overlay?.kind !== "dialog") return step(state);
    if (state.overlay.focus === "cancel") return step(state, { overlay: undefined });
    if (state.overlay.focus === "go") return confirm(state, state.overlay);
    return step(state, { overlay: moveFocus(state.overlay, 1) });
  },

  pause: (state) =>
    state.pausedAt === undefined ? step(state, { pausedAt: state.now }) : askForLook({ ...state, pausedAt: undefined }),
  faster: (state) =>
    paced(
      state,
      intervals.findLast((ms) => ms < state.intervalMs),
    ),
  slower: (state) =>
    paced(
      state,
      intervals.find((ms) => ms > state.intervalMs),
    ),
  refresh: (state) => {
    const isFindings = pageOf(state).kind === "findings";
    return andThen(askForLook(state), (next) => (isFindings ? startAudit(next) : step(next)));
  },
  repaint: (state) => step(state, {}, { type: "repaint" }),
  suspend: (state) => step(state, {}, { type: "suspend" }),
  quit: (state) => step(state, {}, { type: "quit", code: 0 }),
  interrupt: (state) => step(state, {}, { type: "quit", code: 130 }),
};

function onSessions(state: TopState, make: (page: SessionsPage) => Step): Step {
  const page = sessionsOf(state);
  return page === undefined ? step(state) : make(page);
}

/** The cursor goes to the first row, unless it follows one. */
function sorted(state: TopState, sortOf: (page: SessionsPage) => SessionsPage["sort"]): Step {
  return onSessions(state, (page) => {
    const placed = page.following === undefined ? { cursor: 0, top: 0 } : {};
    const next = rearrangedPage(state, { ...page, ...placed, sort: sortOf(page) });
    return andThen(step(withPage(state, next)), shownAnew);
  });
}

function paced(state: TopState, intervalMs: number | undefined): Step {
  if (intervalMs === undefined) return step(state);
  return step(state, { intervalMs, nextLookAt: Math.min(state.nextLookAt, state.now + intervalMs) });
}
