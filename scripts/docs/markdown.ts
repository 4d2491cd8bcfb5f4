import type { HelpPage, HelpRow, HelpSection } from "../../src/cli/help/page.js";

/** A page of help in Markdown, under headings of this level. */
export function pageMarkdown({ examples, usage, description, sections }: HelpPage, level: number): string {
  return [
    ...description.split("\n\n").map(escaped),
    ...(usage === undefined ? [] : [`\`\`\`text\n${usage}\n\`\`\``]),
    ...(examples.length === 0 ? [] : [`\`\`\`sh\n${exampleLines(examples)}\n\`\`\``]),
    ...sections.map((section) => sectionMarkdown(section, level)),
  ].join("\n\n");
}

/** Rows of help as a table under a heading. */
function sectionMarkdown({ title, rows }: HelpSection, level: number): string {
  return `${"#".repeat(level)} ${title}\n\n${tableMarkdown(
    ["", ""],
    rows.map(([term, about]) => [code(term), escaped(about)]),
  )}`;
}

/** A table; its cells are Markdown. */
export function tableMarkdown(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text as code, also inside a table. */
export function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** Text that Markdown is to show as it is, but for the code in it. */
export function escaped(text: string): string {
  return text
    .split("`")
    .map((part, n) => (n % 2 === 1 ? part.replaceAll("|", "\\|") : part.replaceAll(/[\\|<>*_[\]#]/g, "\\$&")))
    .join("`");
}

function exampleLines(examples: readonly HelpRow[]): string {
  return examples.map(([command, does]) => `# ${does}\n${command}`).join("\n");
}
