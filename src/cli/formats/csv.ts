import { safe, safeJson, type SafeText } from "../../core/safe-text.js";
import type { Json } from "../../core/session.js";
import { joined } from "../say.js";
import type { Format } from "./format.js";
import { writeHeld } from "./held-rows.js";

/**
 * What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), and NUL, which some skip. Leading quotes count
 * in, so that taking one away again gives what was there.
 */
const formula = /^'*[=+\-@\t\r\0]/;

/** A list of these can be told from the text of one that is written as JSON. */
const word = /^[^\s[]\S*$/;

/**
 * RFC 4180 with a header. What is not known is an empty cell, a list of words is separated by blanks, and anything else that
 * is no text, number or yes and no is JSON. What is unsafe in a cell is written as in a JSON string, and a backslash is `\\`,
 * so that the cell can be read back. Written when everything has been read.
 */
export const csv: Format = {
  async write({ columns, rows }, { output, csvRaw }) {
    const line = (cells: readonly SafeText[]) => `${cells.join(",")}\r\n` as SafeText;
    await writeHeld(output, {
      rows,
      textOf: (some) => joined(some.map((row) => line(columns.map((column) => cell(column.value(row), csvRaw))))),
      before: line(columns.map(({ name }) => safe(name))),
    });
  },
};

function cell(value: Json, raw: boolean): SafeText {
  if (value === null) return safe("");
  if (typeof value === "number" || typeof value === "boolean") return safe(String(value));
  const text = typeof value === "string" ? value : asText(value);
  const shown = escapedText(!raw && formula.test(text) ? `'${text}` : text);
  return /[",]/.test(shown) ? joined([safe('"'), safe(shown.replaceAll('"', '""')), safe('"')]) : shown;
}

function asText(value: Json): string {
  const isWords = Array.isArray(value) && value.every((item) => typeof item === "string" && word.test(item));
  return isWords ? value.join(" ") : JSON.stringify(value);
}

/** Text as it stands in a JSON string, but for its quotes, of which CSV has its own way. */
function escapedText(text: string): SafeText {
  return safeJson(text).slice(1, -1).replaceAll('\\"', '"') as SafeText;
}
