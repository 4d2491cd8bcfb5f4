import { timeOfDay } from "../../core/time-of-day.js";
import { formatDuration } from "../../core/duration.js";
import { bytesText, grouped } from "../columns/column.js";
import { headerRows } from "../layout.js";
import { type Pulse, perMinute } from "../pulse.js";
import { sparkline } from "../sparkline.js";
import { fitLine, type Line, lineWidth, type Span, span, spread } from "../spans.js";
import type { TopState } from "../state.js";
import { viewLine } from "./view-line.js";

/** The lines at the top: where and how, how many and how fast, and what of it is on the screen. */
export function headerLines(state: TopState): readonly Line[] {
  const { columns: width } = state.size;
  const [first, second] = countParts(state, width);
  // On a low screen the second line of counts gives way.
  const counts = headerRows(state.size) === 4 ? [first, second] : [first];
  return [whereLine(state, width), ...counts.map((line) => fitLine(line ?? [], width)), viewLine(state, width)];
}

/** Cells at least for the name and the beginning of the label. */
const leastLabel = 16;

function whereLine(state: TopState, width: number): Line {
  const { settings, locked, pausedAt, intervalMs, now, look, lookingSince, tabs } = state;
  const badges = [
    settings.access.kind === "protected" ? (locked ? "PROTECTED" : "CHANGES ALLOWED") : undefined,
    settings.access.kind === "read-only" ? "READ-ONLY" : undefined,
    pausedAt === undefined ? undefined : `PAUSED ${timeOfDay(look?.at ?? pausedAt)}`,
    tabs.sessions.following === undefined ? undefined : "FOLLOWING",
  ].flatMap((badge) => (badge === undefined ? [] : [span(` ${badge} `, "badge"), span(" ")]));
  const slow = lookingSince !== undefined && now - lookingSince >= 1000;
  const pace = slow
    ? [span(`waiting ${formatDuration(now - lookingSince)} `, "warning")]
    : [span("every ", "label"), span(`${intervalText(intervalMs)} `)];
  const time = [span(` ${timeOfDay(now)} `, "number")];
  // Badges say what may surprise; the rest gives way to them.
  const rights: readonly Line[] = [
    [...badges, ...pace, ...time],
    [...badges, ...(slow ? pace : time)],
  ];
  const right = rights.find((line) => lineWidth(line) <= width - leastLabel) ?? badges;
  const left = [
    span(" sessctl", "title"),
    span(` ${settings.label}`, "value"),
    span(` · layout ${settings.layout}`, "label"),
  ];
  return spread(left, [span(" "), ...right], width);
}

/** Both lines of counts: as much of each as fits, in the order of its worth. */
function countParts(state: TopState, width: number): readonly Line[] {
  const { look, history, pulse, now } = state;
  if (look === undefined) return [[], []];
  const cells = width >= 100 ? Math.min(30, Math.floor((width - 70) / 3)) : 8;
  const graph = (values: readonly number[]) => span(`${sparkline(values, cells)} `, "graph");
  const number = (label: string, value: string): Line => [span(`${label} `, "label"), span(value, "number")];
  const rate = (label: string, what: "logins" | "revoked"): Line => [
    span(`${label} `, "label"),
    graph(pulse.bars.map((bar) => bar[what])),
    span(`${pulse.passedOver ? "≥" : ""}${grouped(perMinute(pulse, what, now))}`, "number"),
  ];
  const created = look.created1m;
  const first: readonly Line[] = [
    number("sessions", grouped(look.sessions)),
    [...number("active 1m", grouped(look.active1m)), ...number(" · 5m", grouped(look.active5m))],
    ...(pulse.told === "yes" ? [rate("logins/min", "logins"), rate("revoked/min", "revoked")] : []),
    ...(pulse.told === "never" && created !== undefined
      ? [number("new 1m", `${created.atLeast ? "≥" : ""}${grouped(created.count)}`)]
      : []),
  ];
  const flagged: Line = [
    span("flagged ", "label"),
    graph(history.map((sample) => sample.flagged)),
    span(look.flagged > 0 ? `▲ ${grouped(look.flagged)}` : "0", look.flagged > 0 ? "warning" : "number"),
  ];
  const active: Line = [span("active ", "label"), graph(history.map((sample) => sample.active))];
  const left: readonly Line[] = [flagged, active, ...usersPart(pulse).map((text) => number("users", text))];
  return [packed(first, width), spread(packed(left, width), serverPart(pulse), width)];
}

function packed(parts: readonly Line[], width: number): Line {
  const line: Span[] = [span(" ")];
  for (const part of parts) {
    const gap = line.length === 1 ? 0 : 3;
    if (lineWidth(line) + gap + lineWidth(part) > width) continue;
    line.push(span(" ".repeat(gap)), ...part);
  }
  return line;
}

/** An estimate is not told more exactly than it is known. */
function usersPart({ users }: Pulse): readonly string[] {
  if (users === undefined) return [];
  if (users.exact) return [grouped(users.mean)];
  return [`≈ ${grouped(Number(users.mean.toPrecision(2)))}`];
}

function serverPart({ load }: Pulse): Line {
  if (load === undefined) return [];
  return [
    span("  redis ", "label"),
    span(bytesText(load.memoryBytes), "number"),
    span(` ${shortCount(load.commandsPerSecond)}`, "number"),
    span(" op/s ", "label"),
  ];
}

function shortCount(count: number): string {
  return count < 10_000 ? grouped(count) : `${(count / 1000).toPrecision(3)}k`;
}

function intervalText(ms: number): string {
  return ms < 1000 ? `${ms / 1000}s` : formatDuration(ms, 2);
}
