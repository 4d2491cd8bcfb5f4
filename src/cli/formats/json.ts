import { safeJson } from "../../core/safe-text.js";
import { joined, say } from "../say.js";
import type { Format } from "./format.js";
import { recordOf } from "./record.js";

/** One JSON array; in a pipe with one object a line. */
export const json: Format = {
  async write({ columns, rows }, { output }) {
    let before = say`[`;
    for await (const batch of rows) {
      for (const row of batch) {
        const record = recordOf(row, columns);
        await output.write(joined([before, output.isTerminal ? safeJson(record, 2) : safeJson(record)], "\n"));
        before = say`,`;
        if (output.closed) return;
      }
    }
    await output.line(before === say`[` ? say`[]` : joined([say``, say`]`], "\n"));
  },
};
