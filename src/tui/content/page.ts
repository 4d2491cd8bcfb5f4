import { pageRows, textWidth } from "../layout.js";
import { fitLine, type Line, span } from "../spans.js";
import { asOf, type TopState } from "../state.js";
import { detailLines } from "./details.js";
import { tableLines } from "./table.js";

/** What stands between header and footer. */
export function pageLines(state: TopState): readonly Line[] {
  const { page, size } = state;
  if (page.kind === "table") return tableLines(state);
  const rows = pageRows(size);
  const lines = detailLines(page.row, page.gone, asOf(state), textWidth(size));
  const top = Math.max(0, Math.min(page.scroll, lines.length - rows));
  return lines.slice(top, top + rows).map((line) => fitLine([span(" "), ...line], size.columns));
}
