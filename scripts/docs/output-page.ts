import { type RecordKind, records } from "../../src/cli/records.js";
import { code, escaped, tableMarkdown } from "./markdown.js";

/** docs/output.md: the fields of everything that commands write for programs, from the columns that write them. */
export function outputPage(): Promise<string> {
  return Promise.resolve([introduction, ...records.map(chapter)].join("\n\n"));
}

const introduction = `# What commands write

Made from the program by \`npm run docs\`. A test compares it with what the commands write.

- \`json\` is one array, or where it is said an object with one; \`ndjson\` one object a line. All fields are always there, in this order; what is
  not known is null, where the type has a \`?\`. Fields may be added, at the end.
- \`csv\` has the fields as columns under a header. An empty cell is null, an empty text or an empty list. A list of texts is
  separated by blanks; where a text is empty, begins with \`[\` or has a blank in it, the list is JSON, as every other list and
  object is. Cells are read as JSON strings: \`\\n\` is a line break, \`\\\\\` a backslash. A cell that a spreadsheet would take
  for a formula has a \`'\` before it, which is one more than it had; not with \`--csv-raw\`.
- \`id\` is the \`id\` alone, or every id of a list of them, one a line.

| type | is |
| --- | --- |
| \`id\` | a session's id: 32 hexadecimal digits |
| \`text\` | any text: what comes from a session may hold anything |
| \`time\` | an instant, RFC 3339 in UTC with milliseconds: \`2026-03-01T14:00:00.000Z\` |
| \`number\`, \`boolean\` | as in JSON |
| \`texts\` | a list of texts |
| \`object\`, \`objects\` | an object, a list of objects |`;

function chapter({ name, writtenBy, member, fields }: RecordKind): string {
  const rows = fields.map((field) => [code(field.name), code(field.type), escaped(field.about)]);
  const whole = member?.within === undefined ? "an object" : `\`${member.within}\` in that object`;
  const where = member && ` With json these are \`${member.name}\` of ${whole}, beside ${member.beside}.`;
  return `## ${name[0]?.toUpperCase()}${name.slice(1)}\n\nWritten by ${writtenBy}.${where ?? ""}\n\n${tableMarkdown(["field", "type", "is"], rows)}`;
}
