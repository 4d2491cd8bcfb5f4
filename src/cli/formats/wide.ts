import type { Format } from "./format.js";
import { writeTable } from "./table.js";

/** A table that is as wide as what is in it. */
export const wide: Format = { write: async (sheet, options) => await writeTable(sheet, options, Infinity) };
