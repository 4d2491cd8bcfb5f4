import type { Format } from "./format.js";

/** A format's line in the registry: what help says, and where the rest is. */
interface FormatEntry {
  readonly name: string;
  readonly about: string;
  readonly load: () => Promise<Format>;
}

/** Every output format. To add one, write its file and add its line; it is loaded when it is used. */
export const formats = [
  {
    name: "table",
    about:
      "for people: on a terminal as wide as it, with relative times; in a pipe the same columns whole, with RFC 3339 times",
    load: async () => (await import("./table.js")).table,
  },
  {
    name: "wide",
    about: "a table with every column, nothing abbreviated or cut",
    load: async () => (await import("./wide.js")).wide,
  },
  {
    name: "json",
    about: "one array; written when everything has been read, so that a failure leaves nothing rather than half",
    load: async () => (await import("./json.js")).json,
  },
  {
    name: "ndjson",
    about: "one object a line, each written as it is read: the form for millions",
    load: async () => (await import("./ndjson.js")).ndjson,
  },
  {
    name: "csv",
    about:
      "RFC 4180 with a header; text that a spreadsheet would take for a formula gets a leading ' unless --csv-raw is given",
    load: async () => (await import("./csv.js")).csv,
  },
  {
    name: "markdown",
    about: "a table for a ticket or a wiki; of an audit its report",
    load: async () => (await import("./markdown.js")).markdown,
  },
  {
    name: "html",
    about: "one file for a browser, with nothing in it that acts; of an audit its report, to filter and sort",
    load: async () => (await import("./html.js")).html,
  },
  {
    name: "id",
    about: "one session id a line, for sessctl revoke - and the like",
    load: async () => (await import("./id.js")).id,
  },
] as const satisfies readonly FormatEntry[];

/** A value of `--output`. */
export type FormatName = (typeof formats)[number]["name"];

/** All values of `--output`. */
export const formatNames: readonly FormatName[] = formats.map(({ name }) => name);

/** The format with this name. */
export async function loadFormat(name: FormatName): Promise<Format> {
  const entry = formats.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new TypeError(`there is no format ${name}`);
  return await entry.load();
}
