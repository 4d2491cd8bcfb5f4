import type { SafeText } from "../../core/safe-text.js";
import type { Json } from "../../core/session.js";
import { htmlDocument } from "../../html/document.js";
import { markup, type Html } from "../../html/markup.js";
import type { Format } from "./format.js";

/** A page with a table of every column. Written when everything has been read. */
export const html: Format = {
  async write({ columns, rows }, { output }) {
    const lines: Html[] = [];
    for await (const batch of rows) {
      for (const row of batch) {
        lines.push(markup`<tr>${columns.map((column) => markup`<td>${cell(column.value(row))}</td>`)}</tr>\n`);
      }
    }
    const head = columns.map(({ name }) => markup`<th>${name}</th>`);
    const body = markup`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>
${lines}</tbody></table></div>`;
    await output.write(htmlDocument("sessctl", body) as SafeText);
  },
};

function cell(value: Json): string {
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
