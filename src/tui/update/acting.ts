import { columns } from "../columns.js";
import { eraseFrom, moveFocus } from "../dialog.js";
import { step, type Step } from "../events.js";
import type { Action } from "../keys.js";
import type { TopState } from "../state.js";
import { targetOf } from "../target.js";
import { ask, confirm } from "./changing.js";
import { move, type Movement } from "./moving.js";
import { askForLook } from "./reading.js";
import { rearranged, scrolled, selected } from "./selection.js";

/** Intervals that `+` and `-` step through, in ms. */
export const intervals: readonly number[] = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000];

/** Does what a key stands for. */
export function act(state: TopState, action: Exclude<Action, Movement>): Step {
  return handlers[action](state);
}

const handlers: Record<Exclude<Action, Movement>, (state: TopState) => Step> = {
  open: (state) => {
    const row = selected(state);
    if (row === undefined) return step(state);
    return step(
      state,
      { page: { kind: "details", row, gone: false, scroll: 0 } },
      { type: "read-session", id: row.id },
    );
  },
  back: (state) => (state.overlay ? step(state, { overlay: undefined }) : step(state, { page: { kind: "table" } })),
  clear: (state) => (state.notice ? step(state, { notice: undefined }) : filtered(state, "")),
  help: (state) => step(state, { overlay: { kind: "help", scroll: 0 } }),

  filter: (state) => step(state, { overlay: { kind: "filter", before: state.filter } }),
  "keep-filter": (state) => step(state, { overlay: undefined }),
  "drop-filter": (state) => {
    const before = state.overlay?.kind === "filter" ? state.overlay.before : "";
    return filtered({ ...state, overlay: undefined }, before);
  },
  erase: (state) => {
    if (state.overlay?.kind === "dialog") return step(state, { overlay: eraseFrom(state.overlay) });
    return filtered(state, Array.from(state.filter).slice(0, -1).join(""));
  },
  "erase-all": (state) => filtered(state, ""),

  sort: (state) => {
    const choice = columns.findIndex(({ id }) => id === state.sort.column);
    return step(state, { overlay: { kind: "sort", choice: Math.max(0, choice) } });
  },
  choose: (state) => {
    const column = state.overlay?.kind === "sort" ? columns[state.overlay.choice] : undefined;
    if (column === undefined) return step(state);
    const inverted = column.id === state.sort.column && state.sort.inverted;
    return reordered({ ...state, overlay: undefined, sort: { column: column.id, inverted } });
  },
  invert: (state) => reordered({ ...state, sort: { ...state.sort, inverted: !state.sort.inverted } }),
  follow: (state) => step(state, { following: state.following === undefined ? selected(state)?.id : undefined }),

  mark: (state) => {
    const row = selected(state);
    if (row === undefined || state.settings.readOnly) return step(state);
    const marks = new Map(state.marks);
    if (!marks.delete(row.id)) marks.set(row.id, targetOf(row));
    return move({ ...state, marks }, "down");
  },
  unmark: (state) => step(state, { marks: new Map() }),
  revoke: (state) => ask(state, "revoke"),
  expire: (state) => ask(state, "expire"),
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
  refresh: askForLook,
  repaint: (state) => step(state, {}, { type: "repaint" }),
  suspend: (state) => step(state, {}, { type: "suspend" }),
  quit: (state) => step(state, {}, { type: "quit", code: 0 }),
  interrupt: (state) => step(state, {}, { type: "quit", code: 130 }),
};

/** The state with another filter, and the cursor on the first row unless it follows one. */
export function filtered(state: TopState, filter: string): Step {
  return filter === state.filter ? step(state) : reordered({ ...state, filter });
}

function reordered(state: TopState): Step {
  return step(rearranged(scrolled(state, state.following === undefined ? 0 : state.cursor)));
}

function paced(state: TopState, intervalMs: number | undefined): Step {
  if (intervalMs === undefined) return step(state);
  return step(state, { intervalMs, nextLookAt: Math.min(state.nextLookAt, state.now + intervalMs) });
}
