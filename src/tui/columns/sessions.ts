import type { Flag } from "../../app/flags.js";
import type { WatchedSession } from "../../app/watch/session.js";
import { formatDuration } from "../../core/duration.js";
import { safe, type SafeText } from "../../core/safe-text.js";
import type { Tone } from "../theme.js";
import { bytesText, type Column, elapsed, nothing } from "./column.js";

/** The names of all columns of sessions. */
export type SessionColumnId =
  | "id"
  | "user"
  | "level"
  | "ip"
  | "where"
  | "client"
  | "age"
  | "idle"
  | "left"
  | "flags"
  | "size"
  | "agent";

/** Which column orders the rows, and whether the other way round than it does by itself. */
export interface SessionSort {
  readonly column: SessionColumnId;
  readonly inverted: boolean;
}

/** A column of sessions, which rows can be sorted by. */
export interface SessionColumn extends Column<WatchedSession> {
  readonly id: SessionColumnId;
  /** What the list of columns to sort by says. */
  readonly order: string;
  /** What it sorts by, ascending; sessions without one come last either way. */
  readonly value: (row: WatchedSession) => string | number | undefined;
}

/** Stands for what is still to be read. */
const reading = safe("…");

/** What is shown beside each flag's name, so that it isn't told by colour alone. */
const flagSigns: Record<Flag, string> = { ua: "▲ua", net: "▲net", endless: "∞", corrupt: "✖ corrupt" };

const plain = (): Tone => "plain";
const faint = (): Tone => "faint";

/** All columns of sessions, in the order in which they stand. */
export const sessionColumns: readonly SessionColumn[] = [
  {
    id: "id",
    title: "ID",
    rank: 1,
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
    rank: 2,
    order: "user, A first",
    min: 12,
    usual: 20,
    max: 28,
    align: "left",
    tone: (row) => (row.user === undefined ? "faint" : "value"),
    text: (row) => (row.unread ? reading : (row.user ?? nothing)),
    value: (row) => row.user,
  },
  {
    id: "level",
    title: "LEVEL",
    rank: 9,
    extra: true,
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
    rank: 4,
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
    id: "where",
    title: "WHERE",
    rank: 7.5,
    order: "country of the address",
    min: 5,
    usual: 5,
    max: 5,
    align: "left",
    tone: plain,
    text: (row) => row.country ?? nothing,
    value: (row) => row.country,
  },
  {
    id: "client",
    title: "CLIENT",
    rank: 7,
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
    rank: 8,
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
    rank: 3,
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
    rank: 6,
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
    rank: 5,
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
    rank: 10,
    extra: true,
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
    rank: 11,
    extra: true,
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

function opposite(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}

/** The columns without those that want data on addresses. */
export const placelessColumns: readonly SessionColumn[] = sessionColumns.filter(({ id }) => id !== "where");
