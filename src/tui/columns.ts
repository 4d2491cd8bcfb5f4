import type { WatchedSession } from "../app/watch.js";
import type { Flag } from "../app/flags.js";
import { formatDuration } from "../core/duration.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { Tone } from "./theme.js";

/** The names of all columns. */
export type ColumnId = "id" | "user" | "level" | "ip" | "client" | "age" | "idle" | "left" | "flags" | "size" | "agent";

/** Which column orders the rows, and whether the other way round than it does by itself. */
export interface Sort {
  readonly column: ColumnId;
  readonly inverted: boolean;
}

/** One column of the table. */
export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  /** What the list of columns to sort by says. */
  readonly order: string;
  /** Narrowest and widest in cells. What is left of a line goes to the columns that can grow. */
  readonly min: number;
  readonly max: number;
  readonly align: "left" | "right";
  readonly tone: (row: WatchedSession) => Tone;
  /** `now` is the instant that relative times count from, ms. */
  readonly text: (row: WatchedSession, now: number) => SafeText;
  /** What it sorts by, ascending; sessions without one come last either way. */
  readonly value: (row: WatchedSession) => string | number | undefined;
}

/** Stands for what a layout cannot tell, and for nobody. */
const nothing = safe("–");

/** What is shown beside each flag's name, so that it isn't told by colour alone. */
const flagSigns: Record<Flag, string> = { ua: "▲ua", net: "▲net", endless: "∞", corrupt: "✖ corrupt" };

const plain = (): Tone => "plain";
const faint = (): Tone => "faint";

/** All columns, in the order in which they stand. To add one, add it here and to `byImportance`. */
export const columns: readonly Column[] = [
  {
    id: "id",
    title: "ID",
    order: "id",
    min: 8,
    max: 8,
    align: "left",
    tone: () => "id",
    text: (row) => row.name.slice(0, 8) as SafeText,
    value: (row) => row.id,
  },
  {
    id: "user",
    title: "USER",
    order: "user, A first",
    min: 12,
    max: 28,
    align: "left",
    tone: (row) => (row.user === undefined ? "faint" : "value"),
    text: (row) => row.user ?? nothing,
    value: (row) => row.user,
  },
  {
    id: "level",
    title: "LEVEL",
    order: "authentication level",
    min: 6,
    max: 8,
    align: "left",
    tone: plain,
    text: (row) => row.level ?? nothing,
    value: (row) => row.level,
  },
  {
    id: "ip",
    title: "IP",
    order: "address last seen",
    min: 15,
    max: 39,
    align: "left",
    tone: plain,
    text: (row) => row.ip ?? nothing,
    value: (row) => row.ip,
  },
  {
    id: "client",
    title: "CLIENT",
    order: "browser and system",
    min: 12,
    max: 26,
    align: "left",
    tone: plain,
    text: (row) => row.client,
    value: (row) => row.client,
  },
  {
    id: "age",
    title: "AGE",
    order: "age, youngest first",
    min: 5,
    max: 5,
    align: "right",
    tone: plain,
    text: (row, now) => elapsed(row.createdAt, now),
    value: (row) => opposite(row.createdAt),
  },
  {
    id: "idle",
    title: "IDLE",
    order: "time since the last request, shortest first",
    min: 5,
    max: 5,
    align: "right",
    tone: plain,
    text: (row, now) => elapsed(row.lastSeenAt, now),
    value: (row) => opposite(row.lastSeenAt),
  },
  {
    id: "left",
    title: "LEFT",
    order: "time left, soonest to end first",
    min: 5,
    max: 5,
    align: "right",
    tone: (row) => (row.expiresAt === Infinity ? "warning" : "plain"),
    text: (row, now) => (row.expiresAt === undefined ? nothing : safe(formatDuration(row.expiresAt - now))),
    value: (row) => row.expiresAt,
  },
  {
    id: "flags",
    title: "FLAGS",
    order: "flags, most first",
    min: 8,
    max: 12,
    align: "left",
    tone: (row) => (row.flags.includes("corrupt") ? "danger" : "warning"),
    text: (row) => safe(row.flags.map((flag) => flagSigns[flag]).join(" ")),
    value: (row) => (row.flags.length === 0 ? undefined : `${9 - row.flags.length} ${row.flags.join(" ")}`),
  },
  {
    id: "size",
    title: "SIZE",
    order: "size of the record, largest first",
    min: 6,
    max: 6,
    align: "right",
    tone: faint,
    text: (row) => (row.bytes === undefined ? nothing : safe(bytesText(row.bytes))),
    value: (row) => opposite(row.bytes),
  },
  {
    id: "agent",
    title: "USER AGENT",
    order: "user agent as sent",
    min: 24,
    max: 400,
    align: "left",
    tone: faint,
    text: (row) => row.userAgent ?? nothing,
    value: (row) => row.userAgent,
  },
];

/** Which columns come first when a line has not enough room for all. */
const byImportance: readonly ColumnId[] = [
  "id",
  "user",
  "idle",
  "ip",
  "flags",
  "left",
  "age",
  "client",
  "level",
  "size",
  "agent",
];

/** A column with its share of the line. */
export interface PlacedColumn {
  readonly column: Column;
  readonly width: number;
}

/** The columns that fit into `width` cells with one cell between them, in order, and how wide each is. */
export function placeColumns(width: number): readonly PlacedColumn[] {
  let room = width + 1;
  const fitting = new Set<ColumnId>();
  for (const id of byImportance) {
    const needed = (columns.find((column) => column.id === id)?.min ?? 0) + 1;
    if (needed > room) break;
    room -= needed;
    fitting.add(id);
  }
  const placed = columns.filter((column) => fitting.has(column.id)).map((column) => ({ column, width: column.min }));
  for (let growing = true; room > 0 && growing;) {
    growing = false;
    for (const place of placed) {
      if (room === 0 || place.width >= place.column.max) continue;
      place.width++;
      room--;
      growing = true;
    }
  }
  return placed;
}

/** The rows that contain every word of the filter, in the order of the sort. The same rows always come in the same order. */
export function arrange(rows: readonly WatchedSession[], filter: string, sort: Sort): readonly WatchedSession[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const passing = rows.filter((row) => words.every((word) => row.text.includes(word)));
  const column = columns.find(({ id }) => id === sort.column);
  if (column === undefined) return passing;
  const direction = sort.inverted ? -1 : 1;
  return passing
    .map((row) => ({ row, value: column.value(row) }))
    .toSorted((a, b) => {
      if (a.value === undefined || b.value === undefined) {
        return Number(a.value === undefined) - Number(b.value === undefined) || compare(a.row.id, b.row.id);
      }
      return direction * compare(a.value, b.value) || compare(a.row.id, b.row.id);
    })
    .map(({ row }) => row);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : Number(a > b);
}

function elapsed(since: number | undefined, now: number): SafeText {
  return since === undefined ? nothing : safe(formatDuration(now - since));
}

function opposite(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}

/** A size in at most six cells. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${(bytes / 1000).toPrecision(3)}k`.replace(/\.0+k$/, "k");
  return `${(bytes / 1_000_000).toPrecision(3)}M`;
}
