import type { WatchedSession } from "../../app/watch.js";
import { arrange } from "../arrange.js";
import { tableRows } from "../layout.js";
import type { TopState } from "../state.js";

/** The row under the cursor; `undefined` when there is none. */
export function selected(state: TopState): WatchedSession | undefined {
  return state.shown[state.cursor];
}

/**
 * The state with its rows filtered and sorted anew. The cursor stays on the session that it follows, else on its line.
 */
export function rearranged(state: TopState): TopState {
  const rows = (state.look?.rows ?? []).filter((row) => !state.ended.has(row.id));
  const shown = arrange(rows, state.filter, state.sort);
  const followed = shown.findIndex((row) => row.id === state.following);
  if (followed >= 0) return scrolled({ ...state, shown }, followed);
  return scrolled({ ...state, shown, following: undefined }, state.cursor);
}

/** The state with the cursor on that line, or the nearest that exists, and the window around it. */
export function scrolled(state: TopState, cursor: number): TopState {
  const rows = tableRows(state.size);
  const within = clamp(cursor, 0, state.shown.length - 1);
  const lastTop = Math.max(0, state.shown.length - rows);
  const top = clamp(clamp(state.top, within - rows + 1, within), 0, lastTop);
  return within === state.cursor && top === state.top ? state : { ...state, cursor: within, top };
}

/** The number nearest to `value` that is not below `low` and, as far as that allows, not above `high`. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
