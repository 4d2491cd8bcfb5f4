import { safeJson } from "../../core/safe-text.js";
import { joined, say } from "../say.js";
import type { Format } from "./format.js";
import { recordOf } from "./record.js";
import { textOfBatches } from "./text-of-batches.js";

/** One JSON array; in a pipe with one object a line. Written when everything has been read: half an array is none. */
export const json: Format = {
  async write({ columns, rows }, { output }) {
    const indent = output.isTerminal ? 2 : undefined;
    const texts = await textOfBatches(rows, (batch) =>
      joined(
        batch.map((row) => safeJson(recordOf(row, columns), indent)),
        ",\n",
      ),
    );
    if (texts.length === 0) return await output.line(say`[]`);
    for (const [n, text] of texts.entries()) await output.write(joined([n === 0 ? say`[` : say`,`, text], "\n"));
    await output.line(joined([say``, say`]`], "\n"));
  },
};
