import { sessionColumns } from "../columns/sessions.js";
import { detailLines } from "../content/details.js";
import { helpLines } from "../content/help.js";
import { resultLines } from "../content/result.js";
import { step, type Step, andThen } from "../events.js";
import { groupings } from "../groupings.js";
import type { Action } from "../binding.js";
import { boxRows, listRows, pageRows, textWidth } from "../layout.js";
import { asOf, pageOf, type TopState, withPage } from "../state.js";
import { readMissing } from "./reading.js";
import { clamp, scrolled } from "./selection.js";

/** The actions that move something. */
export type Movement = Extract<Action, "up" | "down" | "page-up" | "page-down" | "first" | "last">;

/** Moves the choice in a list, the text of a page or box, or the cursor of a table, whichever has the keys. */
export function move(state: TopState, movement: Movement): Step {
  const { overlay, size } = state;
  if (overlay?.kind === "sort" || overlay?.kind === "group") {
    const { length } = overlay.kind === "sort" ? sessionColumns : groupings;
    const choice = clamp(overlay.choice + distance(movement, length), 0, length - 1);
    return step(state, { overlay: { ...overlay, choice } });
  }
  if (overlay?.kind === "help" || overlay?.kind === "result") {
    const lines = overlay.kind === "help" ? helpLines(state.settings.access) : resultLines(overlay);
    return step(state, { overlay: { ...overlay, scroll: scroll(overlay.scroll, movement, lines, boxRows(size)) } });
  }
  const page = pageOf(state);
  if (page.kind === "details") {
    const lines = detailLines(page.row, page.gone, asOf(state), textWidth(size));
    return step(withPage(state, { ...page, scroll: scroll(page.scroll, movement, lines, pageRows(size)) }));
  }
  const moved = scrolled(state, page.cursor + distance(movement, listRows(state)));
  return andThen(step(following(moved)), readMissing);
}

/** Who follows a session and moves follows the one moved to. */
function following(state: TopState): TopState {
  const page = pageOf(state);
  if (page.kind !== "sessions" || page.following === undefined) return state;
  return withPage(state, { ...page, following: page.shown[page.cursor]?.id });
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
