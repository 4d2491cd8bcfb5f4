import { boxRows } from "../layout.js";
import type { Line } from "../spans.js";
import type { TopState } from "../state.js";
import { sessionsOf } from "../update/selection.js";
import { framed, frameWidth } from "./box.js";
import { dialogLines, dialogTitle } from "./dialog.js";
import { helpLines } from "./help.js";
import { resultLines } from "./result.js";
import { groupingLines, sortLines } from "./menu.js";

/** What lies over the page, framed; nothing when nothing does, or when it has a line of its own. */
export function overlayLines(state: TopState): readonly Line[] {
  const { overlay, size, settings } = state;
  const rows = boxRows(size);
  const most = size.columns - 4;
  const box = (title: string, lines: readonly Line[], min: number) =>
    framed(title, lines, frameWidth(title, lines, min, most));
  switch (overlay?.kind) {
    case "dialog":
      return box(dialogTitle(overlay), dialogLines(overlay, settings.expire, most - 4, rows), 52);
    case "sort":
      return box("Sort by", sortLines(overlay.choice, (sessionsOf(state) ?? state.tabs.sessions).sort, rows), 40);
    case "group":
      return box("Group by", groupingLines(overlay.choice, state.tabs.groups.by, rows), 40);
    case "help":
      return scrolling("Keys", helpLines(settings.access), overlay.scroll, rows, box);
    case "result":
      return scrolling(overlay.title, resultLines(overlay), overlay.scroll, rows, box);
    default:
      return [];
  }
}

function scrolling(
  title: string,
  lines: readonly Line[],
  scroll: number,
  rows: number,
  box: (title: string, lines: readonly Line[], min: number) => readonly Line[],
): readonly Line[] {
  const top = Math.max(0, Math.min(scroll, lines.length - rows));
  const part = lines.length > rows ? ` (${top + 1}–${top + rows} of ${lines.length}, ↑ ↓)` : "";
  return box(title + part, lines.slice(top, top + rows), Math.max(40, ...[52].filter(() => lines.length > rows)));
}
