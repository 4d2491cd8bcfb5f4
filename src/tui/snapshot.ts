import { clientLabel } from "../clients/label.js";
import type { ClientReader } from "../core/binding.js";
import type { Look } from "../app/watch/look.js";
import type { WatchedSession } from "../app/watch/session.js";
import { safeJson } from "../core/safe-text.js";
import { grouped } from "./columns/column.js";
import { placeColumns } from "./columns/place.js";
import { placelessColumns } from "./columns/sessions.js";
import { fit, widthOf } from "./spans.js";

/** Sessions in a snapshot at most. */
export const snapshotLimit = 50;

/** Where a snapshot is of. */
export interface SnapshotSource {
  readonly label: string;
  readonly layout: string;
}

/** One look as text: fitted to a terminal of `width` cells with relative times, without one complete with RFC 3339 times. */
export function snapshotText(look: Look, { label, layout }: SnapshotSource, width: number | undefined): string {
  const { created1m } = look;
  const counts = [
    `sessions ${grouped(look.sessions)}`,
    `active 1m ${grouped(look.active1m)}`,
    `5m ${grouped(look.active5m)}`,
    ...(created1m === undefined ? [] : [`new 1m ${created1m.atLeast ? "≥" : ""}${grouped(created1m.count)}`]),
    `flagged ${grouped(look.flagged)}`,
  ].join("   ");
  const head = [`sessctl · ${label} · layout ${layout} · ${new Date(look.at).toISOString()}`, counts, ""];
  const rows = width === undefined ? plainRows(look.rows) : fittedRows(look, width);
  const shown =
    look.rows.length < look.limit ? [] : ["", `the ${look.limit} most recently active of ${grouped(look.sessions)}`];
  return [...head, ...rows, ...shown, ""].join("\n");
}

function fittedRows(look: Look, width: number): readonly string[] {
  const placed = placeColumns(placelessColumns, width);
  const titles = placed.map(({ column, width: cells }) => fit(column.title, cells, column.align));
  const rows = look.rows.map((row) =>
    placed.map(({ column, width: cells }) => fit(column.text(row, look.at), cells, column.align)),
  );
  return [titles, ...rows].map((cells) => cells.join(" ").trimEnd());
}

const plainColumns: readonly (readonly [title: string, text: (row: WatchedSession) => string])[] = [
  ["ID", (row) => row.name],
  ["USER", (row) => row.user ?? "-"],
  ["IP", (row) => row.ip ?? "-"],
  ["CLIENT", (row) => row.client],
  ["CREATED", (row) => instant(row.createdAt)],
  ["LAST SEEN", (row) => instant(row.lastSeenAt)],
  ["EXPIRES", (row) => instant(row.expiresAt)],
  ["FLAGS", (row) => row.flags.join(",")],
];

function plainRows(sessions: readonly WatchedSession[]): readonly string[] {
  const rows = [
    plainColumns.map(([title]) => title),
    ...sessions.map((row) => plainColumns.map(([, text]) => text(row))),
  ];
  const widths = plainColumns.map((_, n) => Math.max(...rows.map((cells) => widthOf(cells[n] ?? ""))));
  return rows.map((cells) =>
    cells
      .map((cell, n) => cell + " ".repeat((widths[n] ?? 0) - widthOf(cell)))
      .join("  ")
      .trimEnd(),
  );
}

function instant(at: number | undefined): string {
  if (at === Number.POSITIVE_INFINITY) return "never";
  return rfc3339(at) ?? "-";
}

/** `null` for what is not known or never comes, and for what no calendar has: a record may say anything. */
function rfc3339(at: number | undefined): string | null {
  return at === undefined || !(Math.abs(at) <= 8.64e15) ? null : new Date(at).toISOString();
}

/** One look as one JSON object, over several lines or on one. */
export function snapshotJson(
  look: Look,
  { label, layout }: SnapshotSource,
  reader: ClientReader,
  form: "json" | "ndjson",
): string {
  const { at, sessions, active1m, active5m, flagged, created1m, rows } = look;
  const counts = { sessions, active1m, active5m, created1m: created1m?.count ?? null, flagged };
  const list = rows.map((row) => sessionJson(row, reader));
  const snapshot = { at: new Date(at).toISOString(), source: label, layout, counts, sessions: list };
  return `${safeJson(snapshot, form === "json" ? 2 : undefined)}\n`;
}

/** The same fields as `sessctl list -o json` has. */
function sessionJson({ session, flags, expiresAt }: WatchedSession, reader: ClientReader): object {
  const { sightings } = session;
  const seen = sightings.at(-1);
  return {
    id: session.id,
    user: session.user ?? null,
    level: session.level ?? null,
    ip: seen?.ip ?? null,
    userAgent: seen?.userAgent ?? null,
    client: clientLabel(seen?.userAgent, reader),
    createdAt: rfc3339(session.createdAt),
    authenticatedAt: rfc3339(session.authenticatedAt),
    rotatedAt: rfc3339(session.rotatedAt),
    lastSeenAt: rfc3339(session.lastSeenAt),
    idleEndsAt: rfc3339(session.idleEndsAt),
    endsAt: rfc3339(session.endsAt),
    expiresAt: rfc3339(expiresAt),
    flags,
    sightingCount: sightings.length,
    size: session.bytes ?? null,
    layout: session.layout,
    corrupt: session.corrupt ?? null,
  };
}
