import { safeJson } from "../../core/safe-text.js";
import { joined, say } from "../say.js";
import type { Format } from "./format.js";
import { recordOf } from "./record.js";
import { writeHeld } from "./held-rows.js";

/** One JSON array; in a pipe with one object a line. Written when everything has been read: half an array is none. */
export const json: Format = {
  async write({ columns, rows }, { output }) {
    const indent = output.isTerminal ? 2 : undefined;
    await writeHeld(output, {
      rows,
      textOf: (some, first) => {
        const objects = some.map((row) => safeJson(recordOf(row, columns), indent));
        return joined([first ? say`[` : say`,`, joined(objects, ",\n")], "\n");
      },
      after: (none) => (none ? joined([say`[]`, say``], "\n") : joined([say``, say`]`, say``], "\n")),
    });
  },
};
