import { safe, type SafeText } from "../core/safe-text.js";

/** What means something inside a line of Markdown, a link that GitHub would make by itself included. */
const signs = /[\\`*_[\]<>|&~#@]|:(?=\/\/)|(?<=www)\./gi;

/** Text that appears in Markdown as it is: no link, no mark-up, no HTML, no mention, no cell's end. What could act on a terminal is written out. */
export function markdownText(text: string): SafeText {
  return safe(text).replace(signs, "\\$&") as SafeText;
}
