import { safe, safeJson, type SafeText } from "../../core/safe-text.js";
import type { Json } from "../../core/session.js";
import { joined } from "../say.js";
import type { Format } from "./format.js";
import { textOfBatches } from "./text-of-batches.js";

/** What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), and NUL, which some skip. */
const formula = /^[=+\-@\t\r\0]/;

/** RFC 4180 with a header; lists are separated by spaces, what is not known is an empty cell. Written when everything has been read. */
export const csv: Format = {
  async write({ columns, rows }, { output, csvRaw }) {
    const line = (cells: readonly SafeText[]) => `${cells.join(",")}\r\n` as SafeText;
    const texts = await textOfBatches(rows, (batch) =>
      joined(batch.map((row) => line(columns.map((column) => cell(column.value(row), csvRaw))))),
    );
    await output.write(line(columns.map(({ name }) => safe(name))));
    for (const text of texts) await output.write(text);
  },
};

function cell(value: Json, raw: boolean): SafeText {
  if (value === null) return safe("");
  if (typeof value === "number" || typeof value === "boolean") return safe(String(value));
  const text = typeof value === "string" ? value : asText(value);
  const shown = safe(!raw && formula.test(text) ? `'${text}` : text);
  return /[",]/.test(shown) ? joined([safe('"'), safe(shown.replaceAll('"', '""')), safe('"')]) : shown;
}

function asText(value: Json): string {
  const words = Array.isArray(value) && value.every((item) => typeof item === "string");
  return words ? value.join(" ") : safeJson(value);
}
