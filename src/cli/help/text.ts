import type { HelpPage, HelpSection } from "./page.js";

/** Blanks before a term, and between it and what is said about it. */
const gap = 2;
/** Wider help is no easier to read. */
const widest = 100;

/** A page as lines of at most `width` columns, but for what has no blank to break it at and examples, which are to be copied. */
export function helpText({ examples, usage, description, sections }: HelpPage, width: number): string {
  const room = Math.min(width, widest);
  const parts = [
    ...(examples.length === 0 ? [] : [sectionText({ title: "Examples", rows: examples }, room)]),
    ...(usage === undefined ? [] : [`Usage: ${usage}`]),
    ...description.split("\n\n").map((paragraph) => brokenLines(paragraph, room).join("\n")),
    ...sections.map((section) => sectionText(section, room)),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Terms in one column and what is said about them in another; a term that is too long for its column has a line of its own. */
function sectionText({ title, rows }: HelpSection, width: number): string {
  const most = Math.floor(width * 0.45);
  const column = Math.max(0, ...rows.map(([term]) => term.length).filter((length) => length <= most));
  const indent = " ".repeat(column + 2 * gap);
  const lines = rows.flatMap(([term, about]) => {
    const [first = "", ...others] = brokenLines(about, width - indent.length);
    const head =
      term.length <= column ? [`  ${term.padEnd(column)}  ${first}`.trimEnd()] : [`  ${term}`, `${indent}${first}`];
    return [...head, ...others.map((line) => `${indent}${line}`)];
  });
  return [`${title}:`, ...lines].join("\n");
}

/** Our own words in lines of at most `width` characters, a longer word on a line of its own. */
function brokenLines(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > width && line !== "") {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
