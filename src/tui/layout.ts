import type { Size } from "./size.js";
import { pageOf, type TopState } from "./state.js";

/** The smallest terminal that the screen fits into. */
export const smallest: Size = { columns: 60, rows: 15 };

/** From so many lines on the header has all of its own. */
const roomyRows = 18;
const titleRows = 1;
const footerRows = 1;
const messageRows = 1;
/** Lines that explain the selected finding, where there is room. */
const explanationRows = 4;

/** Lines of the header. */
export function headerRows({ rows }: Size): number {
  return rows >= roomyRows ? 4 : 3;
}

/** Whether the terminal is too small. */
export function tooSmall({ columns, rows }: Size): boolean {
  return columns < smallest.columns || rows < smallest.rows;
}

/** Lines that are drawn: one fewer than there are, since a terminal that is written full may scroll. */
export function drawnRows(size: Size): number {
  return Math.max(1, size.rows - 1);
}

/** Lines between header and footer: what a page has. The line for messages is always kept, so that nothing jumps. */
export function pageRows(size: Size): number {
  return Math.max(1, drawnRows(size) - headerRows(size) - messageRows - footerRows);
}

/** Lines of a list on the screen at once. */
export function tableRows(size: Size): number {
  return Math.max(1, pageRows(size) - titleRows);
}

/** Lines below the list of findings. */
export function explanationOf(size: Size): number {
  return tableRows(size) >= 3 * explanationRows ? explanationRows : Math.min(2, tableRows(size) - 1);
}

/** Lines of the list that has the screen. */
export function listRows(state: TopState): number {
  const rows = tableRows(state.size);
  return pageOf(state).kind === "findings" ? Math.max(1, rows - explanationOf(state.size)) : rows;
}

/** What has the keys. */
export function contextOf(state: TopState) {
  return state.overlay?.kind ?? pageOf(state).kind;
}

/** Lines of text in a box over the page, inside its frame. */
export function boxRows(size: Size): number {
  return Math.max(1, pageRows(size) - 2);
}

/** Cells of a line of text on a page. */
export function textWidth(size: Size): number {
  return size.columns - 2;
}
