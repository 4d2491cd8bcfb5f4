import type { Size, TopState } from "./state.js";

/** The smallest terminal that the screen fits into. */
export const smallest: Size = { columns: 60, rows: 15 };

/** Lines of the header, and the one of the column titles. */
export const headerRows = 3;
const titleRows = 1;
const footerRows = 1;

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
  return Math.max(1, drawnRows(size) - headerRows - 1 - footerRows);
}

/** Sessions on the screen at once. */
export function tableRows(size: Size): number {
  return Math.max(1, pageRows(size) - titleRows);
}

/** What has the keys. */
export function contextOf(state: TopState): "table" | "details" | NonNullable<TopState["overlay"]>["kind"] {
  return state.overlay?.kind ?? state.page.kind;
}

/** Lines of text in a box over the page, inside its frame. */
export function boxRows(size: Size): number {
  return Math.max(1, pageRows(size) - 2);
}

/** Cells of a line of text on a page. */
export function textWidth(size: Size): number {
  return size.columns - 2;
}
