import type { Json } from "../../core/session.js";
import type { SafeText } from "../../core/safe-text.js";
import type { Output } from "../io.js";
import type { Paint } from "../paint.js";

/** How a row's cell is shown to a person. */
export interface CellView {
  readonly now: number;
  readonly paint: Paint;
  /** Abbreviates an id so that it stays unique among those shown. */
  readonly shorten: (id: string) => string;
}

/**
 * What a field holds in JSON; with `?` it may be null. An `id` is a session's, a `time` RFC 3339 in UTC; `texts` and `objects`
 * are lists.
 */
export type FieldType = Kind | `${Kind}?`;
type Kind = "id" | "text" | "time" | "number" | "boolean" | "texts" | "object" | "objects";

/** A field of the things listed, and how to show it. */
export interface Column<Row> {
  /** The documented name, as in JSON. */
  readonly name: string;
  readonly type: FieldType;
  /** Half a sentence for help. */
  readonly about: string;
  /** What the formats for programs say: a time is RFC 3339, what is not known is `null`. */
  readonly value: (row: Row) => Json;
  /** Whether it is left out unless somebody asks for it by name: what tells it is costly. */
  readonly onRequest?: boolean;
  /** Over the column where times are absolute; default: the name. */
  readonly title?: string;
  /** On a terminal, in place of `value`. */
  readonly forPeople?: {
    readonly title: string;
    readonly cell: (row: Row, view: CellView) => SafeText;
    readonly align?: "right";
    /** Narrowest width when it does not fit; without it the column is never cut. */
    readonly least?: number;
  };
}

/** What a format writes. */
export interface Sheet<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: AsyncIterable<readonly Row[]>;
  /** Ids of the sessions that a row is about; absent where rows are about none. */
  readonly idsOf?: (row: Row) => readonly string[];
}

/** Where and how a format writes. */
export interface FormatOptions {
  readonly output: Output;
  readonly now: number;
  readonly csvRaw: boolean;
}

/** A form of output. */
export interface Format {
  /** Writes a sheet, once it has been read to its end, so that a failure leaves the output empty; ndjson alone is written as it comes. */
  write<Row>(sheet: Sheet<Row>, options: FormatOptions): Promise<void>;
}
