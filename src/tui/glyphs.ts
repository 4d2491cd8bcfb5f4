import { widthOf } from "./spans.js";

/** What stands for each sign of the screen where there is only ASCII. Each takes one cell, as the sign does. */
const signs: Readonly<Record<string, string>> = {
  "▸": ">",
  "◂": "<",
  "●": "*",
  "▲": "^",
  "▼": "v",
  "✖": "x",
  "✔": "+",
  "∞": "8",
  "…": "~",
  "·": "-",
  "≥": ">",
  "≈": "~",
  "↻": "@",
  "↑": "^",
  "↓": "v",
  "–": "-",
  "×": "x",
  "┌": "+",
  "┐": "+",
  "└": "+",
  "┘": "+",
  "─": "-",
  "│": "|",
  "░": ".",
  "▁": "_",
  "▂": ".",
  "▃": ":",
  "▄": "-",
  "▅": "=",
  "▆": "+",
  "▇": "*",
  "█": "#",
};

const ascii = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The text in ASCII and as wide as before; what is no sign of the screen becomes question marks. */
export function toAscii(text: string): string {
  if (ascii.test(text)) return text;
  return Array.from(segmenter.segment(text), ({ segment }) =>
    ascii.test(segment) ? segment : (signs[segment] ?? "?".repeat(widthOf(segment))),
  ).join("");
}
