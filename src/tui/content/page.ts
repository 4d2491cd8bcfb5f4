import { pageRows, textWidth } from "../layout.js";
import { fitLine, type Line, span } from "../spans.js";
import { asOf, pageOf, type TopState } from "../state.js";
import { detailLines } from "./details.js";
import { eventLines, findingLines, groupLines, sessionLines } from "./lists.js";

/** What stands between header and footer. */
export function pageLines(state: TopState): readonly Line[] {
  const page = pageOf(state);
  switch (page.kind) {
    case "sessions":
      return sessionLines(state, page);
    case "groups":
      return groupLines(state, page);
    case "findings":
      return findingLines(state, page);
    case "events":
      return eventLines(state, page);
    case "details": {
      const { size } = state;
      const rows = pageRows(size);
      const lines = detailLines(page.row, page.gone, asOf(state), textWidth(size));
      const top = Math.max(0, Math.min(page.scroll, lines.length - rows));
      return lines.slice(top, top + rows).map((line) => fitLine([span(" "), ...line], size.columns));
    }
  }
}
