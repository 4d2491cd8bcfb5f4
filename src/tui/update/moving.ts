import { columns } from "../columns.js";
import { detailLines } from "../content/details.js";
import { helpLines } from "../content/help.js";
import { resultLines } from "../content/result.js";
import { step, type Step } from "../events.js";
import type { Action } from "../keys.js";
import { boxRows, pageRows, tableRows, textWidth } from "../layout.js";
import { asOf, type TopState } from "../state.js";
import { clamp, scrolled } from "./selection.js";

/** The actions that move something. */
export type Movement = Extract<Action, "up" | "down" | "page-up" | "page-down" | "first" | "last">;

/** Moves the choice in a list, the text of a page or box, or the cursor of the table, whichever has the keys. */
export function move(state: TopState, movement: Movement): Step {
  const { overlay, page, size } = state;
  if (overlay?.kind === "sort") {
    const choice = clamp(overlay.choice + distance(movement, columns.length), 0, columns.length - 1);
    return step(state, { overlay: { ...overlay, choice } });
  }
  if (overlay?.kind === "help" || overlay?.kind === "result") {
    const lines = overlay.kind === "help" ? helpLines(state.settings.readOnly) : resultLines(overlay);
    return step(state, { overlay: { ...overlay, scroll: scroll(overlay.scroll, movement, lines, boxRows(size)) } });
  }
  if (page.kind === "details") {
    const lines = detailLines(page.row, page.gone, asOf(state), textWidth(size));
    return step(state, { page: { ...page, scroll: scroll(page.scroll, movement, lines, pageRows(size)) } });
  }
  const moved = scrolled(state, state.cursor + distance(movement, tableRows(size)));
  return step(moved, { following: moved.following === undefined ? undefined : moved.shown[moved.cursor]?.id });
}

function scroll(from: number, movement: Movement, lines: readonly unknown[], room: number): number {
  return clamp(from + distance(movement, room), 0, Math.max(0, lines.length - room));
}

function distance(movement: Movement, page: number): number {
  switch (movement) {
    case "up":
      return -1;
    case "down":
      return 1;
    case "page-up":
      return -page;
    case "page-down":
      return page;
    case "first":
      return Number.MIN_SAFE_INTEGER;
    case "last":
      return Number.MAX_SAFE_INTEGER;
  }
}
