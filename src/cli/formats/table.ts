import stringWidth from "string-width";
import { abbreviate } from "../../app/abbreviate.js";
import { safe, safeJson, type SafeText } from "../../core/safe-text.js";
import type { Json } from "../../core/session.js";
import type { Output } from "../io.js";
import { joined, say } from "../say.js";
import { cut, widthsThatFit } from "./fit.js";
import type { CellView, Column, Format, FormatOptions, Sheet } from "./format.js";

/** Columns with a heading: on a terminal as wide as it and in words for people, in a pipe plain and complete. */
export const table: Format = {
  write: async (sheet, options) =>
    await writeTable(sheet, options, options.output.isTerminal ? options.output.width : Infinity),
};

/** Writes a table of at most `width` columns; without such a limit ids are whole too. */
export async function writeTable<Row>(sheet: Sheet<Row>, options: FormatOptions, width: number): Promise<void> {
  const batches = [];
  for await (const batch of sheet.rows) batches.push(batch);
  const rows = batches.flat();
  if (rows.length === 0) return;
  const shorten = width === Infinity ? (id: string) => id : abbreviate(rows.flatMap((row) => sheet.idsOf?.(row) ?? []));
  const grid = options.output.isTerminal ? gridForPeople(rows, sheet, options, shorten) : plainGrid(rows, sheet);
  await draw(grid, options.output, width);
}

/** A table before its widths are settled. */
interface Grid {
  readonly titles: readonly SafeText[];
  readonly rows: readonly (readonly Cell[])[];
  readonly columns: readonly { readonly alignRight: boolean; readonly least: number | undefined }[];
}

/** A cell's text, and the same painted, for when it is not cut. */
interface Cell {
  readonly text: SafeText;
  readonly painted: SafeText;
}

function gridForPeople<Row>(
  rows: readonly Row[],
  { columns }: Sheet<Row>,
  { output, now }: FormatOptions,
  shorten: CellView["shorten"],
): Grid {
  const view = { now, shorten };
  const plain: CellView = { ...view, paint: (_, text) => text };
  const painted: CellView = { ...view, paint: output.paint };
  return {
    titles: columns.map(({ forPeople, ...column }) => safe(forPeople?.title ?? titleOf(column))),
    rows: rows.map((row) =>
      columns.map(({ forPeople, value }) => {
        if (forPeople === undefined) return plainCell(value(row));
        return { text: forPeople.cell(row, plain), painted: forPeople.cell(row, painted) };
      }),
    ),
    columns: columns.map(({ forPeople }) => ({
      alignRight: forPeople?.align === "right",
      least: forPeople?.least,
    })),
  };
}

function plainGrid<Row>(rows: readonly Row[], { columns }: Sheet<Row>): Grid {
  return {
    titles: columns.map((column) => safe(titleOf(column))),
    rows: rows.map((row) => columns.map(({ value }) => plainCell(value(row)))),
    columns: columns.map(() => ({ alignRight: false, least: undefined })),
  };
}

/** A cell that is wider than this stands out of its column, rather than that every line is as long as one attacker likes. */
const widestColumn = 250;

async function draw({ titles, rows, columns }: Grid, output: Output, width: number): Promise<void> {
  const isCut = width !== Infinity;
  const natural = titles.map((title, n) =>
    rows.reduce((widest, row) => {
      const own = stringWidth(row[n]?.text ?? "");
      return own > widestColumn && !isCut ? widest : Math.max(widest, Math.min(own, widestColumn));
    }, stringWidth(title)),
  );
  const leasts = columns.map(({ least }) => least);
  const widths = isCut ? widthsThatFit(natural, leasts, width) : natural;
  const line = (cells: readonly Cell[]) => {
    const padded = cells.slice(0, widths.length).map((cell, n) => {
      const width = widths[n] ?? 0;
      const used = stringWidth(cell.text);
      if (used > width) return isCut ? cut(cell.text, width) : cell.painted;
      const room = safe(" ".repeat(width - used));
      if (columns[n]?.alignRight === true) return joined([room, cell.painted]);
      return n === widths.length - 1 ? cell.painted : joined([cell.painted, room]);
    });
    return output.line(joined(padded, "  ").trimEnd() as SafeText);
  };
  await line(titles.map((text) => ({ text, painted: output.paint("heading", text) })));
  for (const row of rows) {
    await line(row);
    if (output.closed) return;
  }
}

function titleOf({ name, title }: Pick<Column<never>, "name" | "title">): string {
  return title ?? name.replaceAll(/([A-Z])/g, " $1").toUpperCase();
}

function plainCell(value: Json): Cell {
  const text = plainText(value);
  return { text, painted: text };
}

function plainText(value: Json): SafeText {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return say`-`;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return safe(value.join(" "));
  return typeof value === "object" ? safeJson(value) : safe(String(value));
}
