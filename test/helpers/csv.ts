/** The cells of a text in CSV (RFC 4180), line by line. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    cells.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(cells);
    cells = [];
  }
  return rows;
}

/** The text that a cell of sessctl's was made from: without the guard against formulas, and with its escapes read as in JSON. */
export function originalOf(cell: string): string {
  const text = JSON.parse(`"${cell.replaceAll('"', '\\"')}"`) as string;
  return /^'+[=+\-@\t\r\0]/.test(text) ? text.slice(1) : text;
}
