import type { GeoReader } from "../clients/geography/geo-reader.js";
import type { DirectorySession } from "../core/ports.js";
import type { Context } from "./command.js";
import { chosenColumns, sessionColumns, usualColumns } from "./columns.js";
import { type FormatName, loadFormat } from "./formats/index.js";
import type { Sheet } from "./formats/format.js";
import { createClientReader } from "../clients/reader.js";

/** Writes rows on standard output in the form asked for, and gives how many there were. */
export async function writeSheet<Row>(
  { io, settings }: Pick<Context, "io" | "settings">,
  sheet: Sheet<Row>,
  usual: FormatName = "table",
): Promise<number> {
  const format = await loadFormat(settings.output ?? usual);
  let count = 0;
  async function* counting() {
    for await (const rows of sheet.rows) {
      count += rows.length;
      yield rows;
    }
  }
  await format.write({ ...sheet, rows: counting() }, { output: io.stdout, now: io.clock(), csvRaw: settings.csvRaw });
  return count;
}

/** A sheet of sessions: with the columns asked for, else the usual ones for a table and all for every other form. */
export function sessionSheet(
  { settings }: Pick<Context, "settings">,
  rows: AsyncIterable<readonly DirectorySession[]>,
  columnNames?: readonly string[],
  geo?: GeoReader,
): Sheet<DirectorySession> {
  const columns = sessionColumns(createClientReader(), geo);
  const names = columnNames ?? ((settings.output ?? "table") === "table" ? usualColumns : undefined);
  return {
    columns:
      names === undefined ? columns.filter(({ onRequest }) => onRequest !== true) : chosenColumns(columns, names),
    rows,
    idsOf: ({ id }) => [id],
  };
}

/** Rows that are all there already. */
export async function* oneBatch<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield await Promise.resolve(rows);
}

/** Rows that are made as they are asked for, many at a time. */
export async function* batched<Row>(rows: Iterable<Row>): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    if (batch.push(row) < 1000) continue;
    yield await Promise.resolve(batch);
    batch = [];
  }
  yield batch;
}
