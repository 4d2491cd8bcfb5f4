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
  /** Width in cells: the least, what is usually enough, and the most. */
  readonly min: number;
  readonly usual: number;
  readonly max: number;
  readonly align: "left" | "right";
  readonly tone: (row: WatchedSession) => Tone;
  /** `now` is the instant that relative times count from, ms. */
  readonly text: (row: WatchedSession, now: number) => SafeText;
  /** What it sorts by, ascending; sessions without one come last either way. */
  readonly value: (row: WatchedSession) => string | number | undefined;
}

/** Stands for what a layout cannot tell, and for nobody. */
const nothing = safe("-");

/** What is shown beside each flag's name, so that it isn't told by colour alone. */
const flagSigns: Record<Flag, string> = { ua: "▲ua", net: "▲net", endless: "∞", corrupt: "✖ corrupt" };

const plain = (): Tone => "plain";
const faint = (): Tone => "faint";

/** All columns, in the order in which they stand. To add one, add it here and to `byImportance` in place-columns.ts. */
export const columns: readonly Column[] = [
  {
    id: "id",
    title: "ID",
    order: "id",
    min: 8,
    usual: 8,
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
    usual: 20,
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
    usual: 6,
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
    // The /64 of an IPv6 address, which is the network that it is compared by.
    usual: 20,
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
    min: 18,
    usual: 20,
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
    usual: 5,
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
    usual: 5,
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
    usual: 5,
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
    usual: 9,
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
    usual: 6,
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
    min: 40,
    usual: 60,
    max: 400,
    align: "left",
    tone: faint,
    text: (row) => row.userAgent ?? nothing,
    value: (row) => row.userAgent,
  },
];

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
