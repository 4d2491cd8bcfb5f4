import type { WatchedSession } from "../../app/watch/session.js";
import type { Flag } from "../../app/flags.js";
import { formatDuration } from "../../core/duration.js";
import { safe, safeJson } from "../../core/safe-text.js";
import { bytesText } from "../columns/column.js";
import { fit, type Line, type Span, span, wrap } from "../spans.js";

const labelWidth = 16;

const meanings: Record<Flag, string> = {
  ua: "▲ua: used from another browser, system or kind of device than before",
  net: "▲net: used from another network than before",
  endless: "∞: neither idle time nor a deadline will ever end it",
  corrupt: "✖ corrupt: its record cannot be decoded",
};

/** Everything about one session in lines of at most `width` cells. `now`: what times count from, ms. */
export function detailLines(row: WatchedSession, gone: boolean, now: number, width: number): readonly Line[] {
  const { session } = row;
  const fields: (readonly [label: string, ...Span[]])[] = [
    ["id", span(row.name, "id")],
    ["user", row.user === undefined ? span("anonymous", "faint") : span(row.user, "value")],
    ["level", orNothing(row.level)],
  ];
  if (row.corrupt !== undefined) fields.push(["record", span(`✖ ${row.corrupt}`, "danger")]);
  const flags = row.flags.map((flag) => ["flag", span(meanings[flag], "warning")] as const);
  const lines = [
    ...(gone ? [[span("✖ This session has ended. It is shown as it was last read.", "danger")], []] : []),
    ...fields.map((field) => fieldLine(field)),
    ...flags.map((field) => fieldLine(field)),
    [],
    fieldLine(["created", ...when(session.createdAt, now)]),
    fieldLine(["authenticated", ...when(session.authenticatedAt, now)]),
    fieldLine(["id changed", ...when(session.rotatedAt, now)]),
    fieldLine(["last seen", ...when(session.lastSeenAt, now)]),
    fieldLine(["idle window", ...lifetime(session.lastSeenAt, session.idleEndsAt, now)]),
    fieldLine(["deadline", ...lifetime(session.authenticatedAt ?? session.createdAt, session.endsAt, now)]),
    [],
    ...clientLines(row, width),
    [],
    fieldLine(["size", orNothing(session.bytes === undefined ? undefined : bytesText(session.bytes))]),
    fieldLine(["data", ...dataKeys(row)]),
  ];
  return lines;
}

function fieldLine([label, ...value]: readonly [label: string, ...Span[]]): Line {
  return [span(fit(label, labelWidth), "label"), ...value];
}

function orNothing(text: string | undefined): Span {
  return text === undefined ? span("-", "faint") : span(text);
}

function when(at: number | undefined, now: number): readonly Span[] {
  if (at === undefined) return [orNothing(undefined)];
  return [span(instant(at)), span(`  ${formatDuration(now - at, 2)} ago`, "faint")];
}

/** How much of a lifetime is left, as a bar and in words. */
function lifetime(from: number | undefined, until: number | undefined, now: number): readonly Span[] {
  if (until === undefined) return [orNothing(undefined)];
  if (until === Infinity) return [span("never ends", "warning")];
  const left = Math.max(0, until - now);
  const whole = from === undefined ? undefined : until - from;
  const words = `${formatDuration(left, 2)} left${whole === undefined ? "" : ` of ${formatDuration(whole, 2)}`}`;
  const cells = 20;
  const full = whole === undefined || whole <= 0 ? 0 : Math.min(cells, Math.round((left / whole) * cells));
  const low = full <= cells / 10;
  const bar =
    whole === undefined
      ? []
      : [span("█".repeat(full), low ? "warning" : "graph"), span("░".repeat(cells - full), "faint"), span("  ")];
  return [...bar, span(words), span(`  until ${instant(until)}`, "faint")];
}

/** The clients seen, the latest first, each with its whole user agent. */
function clientLines(row: WatchedSession, width: number): readonly Line[] {
  if (row.sightings.length === 0) return [fieldLine(["client", orNothing(undefined)])];
  return row.sightings.toReversed().flatMap(({ at, ip, client, userAgent }, n) => {
    const first: Line = [
      span(fit(n === 0 ? "clients" : "", labelWidth), "label"),
      span(instant(at), "faint"),
      span(`  ${fit(ip ?? "-", 16)} `, n === 0 ? "value" : "plain"),
      span(client),
    ];
    const agent = wrap(userAgent ?? "no user agent", Math.max(20, width - labelWidth - 2));
    return [first].concat(agent.map((text): Line => [span(" ".repeat(labelWidth + 2)), span(text, "faint")]));
  });
}

/** Names alone: values may be secret, and `sessctl show --data` is there for who means to see them. */
function dataKeys(row: WatchedSession): readonly Span[] {
  const { data } = row.session;
  if (data === undefined) return [orNothing(undefined)];
  const names = Object.keys(data).map((name) => safe(name));
  if (names.length === 0) return [span("empty", "faint")];
  return [span(names.join(", ")), span(`  (${bytesText(Buffer.byteLength(safeJson(data)))})`, "faint")];
}

function instant(at: number): string {
  // Some layouts keep clients without their times.
  if (Number.isNaN(at)) return "-".padEnd(20);
  return Number.isFinite(at) && Math.abs(at) < 8.64e15 ? `${new Date(at).toISOString().slice(0, 19)}Z` : String(at);
}
