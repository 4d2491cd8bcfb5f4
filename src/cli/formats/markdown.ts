import { markdownText } from "../../html/markdown-text.js";
import type { SafeText } from "../../core/safe-text.js";
import type { Json } from "../../core/session.js";
import type { Format } from "./format.js";
import { writeHeld } from "./held-rows.js";

/** A table in GitHub's Markdown, with every column. Written when everything has been read. */
export const markdown: Format = {
  async write({ columns, rows }, { output }) {
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
    const names = columns.map(({ name }) => name);
    await writeHeld(output, {
      rows,
      textOf: (some) => some.map((row) => line(columns.map((column) => cell(column.value(row))))).join("") as SafeText,
      before: (line(names) + line(names.map(() => "---"))) as SafeText,
    });
  },
};

function cell(value: Json): string {
  if (value === null) return "";
  return markdownText(typeof value === "string" ? value : JSON.stringify(value));
}
