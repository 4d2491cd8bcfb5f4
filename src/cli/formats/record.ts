import type { Json } from "../../core/session.js";
import type { Column } from "./format.js";

/** A row as a JSON object, its fields in the columns' order. */
export function recordOf<Row>(row: Row, columns: readonly Column<Row>[]): { [name: string]: Json } {
  return Object.fromEntries(columns.map((column) => [column.name, column.value(row)]));
}
