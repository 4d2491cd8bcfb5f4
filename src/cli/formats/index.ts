import { csv } from "./csv.js";
import type { Format } from "./format.js";
import { id } from "./id.js";
import { json } from "./json.js";
import { ndjson } from "./ndjson.js";
import { table } from "./table.js";

/** Every output format. To add one, write its file and add it here. */
export const formats = { table, json, ndjson, csv, id } satisfies Record<string, Format>;

/** A value of `--output`. */
export type FormatName = keyof typeof formats;

/** All values of `--output`. */
export const formatNames = Object.keys(formats) as FormatName[];
