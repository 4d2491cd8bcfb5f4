import type { Format } from "./format.js";

/** Every output format, loaded when it is used. To add one, write its file and add its line. */
export const formats = {
  table: async () => (await import("./table.js")).table,
  json: async () => (await import("./json.js")).json,
  ndjson: async () => (await import("./ndjson.js")).ndjson,
  csv: async () => (await import("./csv.js")).csv,
  id: async () => (await import("./id.js")).id,
} satisfies Record<string, () => Promise<Format>>;

/** A value of `--output`. */
export type FormatName = keyof typeof formats;

/** All values of `--output`. */
export const formatNames = Object.keys(formats) as FormatName[];
