import { safeJson } from "../../core/safe-text.js";
import type { Format } from "./format.js";
import { recordOf } from "./record.js";

/** One JSON object a line, each written as soon as it is read: the form for millions. */
export const ndjson: Format = {
  async write({ columns, rows }, { output }) {
    for await (const batch of rows) {
      for (const row of batch) await output.line(safeJson(recordOf(row, columns)));
      if (output.closed) return;
    }
  },
};
