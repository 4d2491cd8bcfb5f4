import { formatDuration } from "../../core/duration.js";
import { columns } from "../columns.js";
import { sparkline } from "../sparkline.js";
import { fitLine, type Line, lineWidth, type Span, span, spread, widthOf } from "../spans.js";
import type { TopState } from "../state.js";

/** The three lines at the top: where and how, how many, and what of it the table shows. */
export function headerLines(state: TopState): readonly [Line, Line, Line] {
  const { columns: width } = state.size;
  return [whereLine(state, width), countsLine(state, width), shownLine(state, width)];
}

/** Which Redis is gone, since when and why, and how old what is on the screen is; `undefined` while it is there. */
export function linkBanner(state: TopState): Span | undefined {
  const { link, look, now } = state;
  if (link.kind !== "down") return undefined;
  const away = link.problem.code === "unreachable" || link.problem.code === "timeout" || link.problem.code === "closed";
  const since = `${away ? "Redis is gone" : "Cannot read"} since ${clockTime(link.since)} (${formatDuration(now - link.since, 2)})`;
  const data = look === undefined ? "nothing read yet" : `data of ${clockTime(look.at)}`;
  return span(` ✖ ${since}: ${link.problem.message} · ${data} · trying again `, "banner-danger");
}

/** Cells at least for the name and the beginning of the label. */
const leastLabel = 16;

function whereLine(state: TopState, width: number): Line {
  const { settings, pausedAt, following, intervalMs, now, look, lookingSince } = state;
  const badges = [
    settings.readOnly ? "READ-ONLY" : undefined,
    pausedAt === undefined ? undefined : `PAUSED ${clockTime(look?.at ?? pausedAt)}`,
    following === undefined ? undefined : "FOLLOWING",
  ].flatMap((badge) => (badge === undefined ? [] : [span(` ${badge} `, "badge"), span(" ")]));
  const slow = lookingSince !== undefined && now - lookingSince >= 1000;
  const pace = slow
    ? [span(`waiting ${formatDuration(now - lookingSince)} `, "warning")]
    : [span("every ", "label"), span(`${intervalText(intervalMs)} `)];
  const time = [span(` ${clockTime(now)} `, "number")];
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

/** The counts in the order of their worth: as many as fit, each with its graph. */
function countsLine(state: TopState, width: number): Line {
  const { look, history } = state;
  if (look === undefined) return fitLine([], width);
  const roomy = width >= 100;
  const cells = roomy ? Math.min(40, Math.floor((width - 70) / 3)) : 8;
  const graph = (values: readonly number[]) => span(` ${sparkline(values, cells)}`, "graph");
  const { count, atLeast } = look.created1m;
  const parts: Line[] = [
    [span(" sessions ", "label"), span(grouped(look.sessions), "number")],
    [span("active 1m ", "label"), span(grouped(look.active1m), "number"), graph(history.map(({ active }) => active))],
    [
      span("flagged ", "label"),
      span(look.flagged > 0 ? `▲ ${grouped(look.flagged)}` : "0", look.flagged > 0 ? "warning" : "number"),
    ],
    [span("5m ", "label"), span(grouped(look.active5m), "number")],
    [
      span("new 1m ", "label"),
      span(`${atLeast ? "≥" : ""}${grouped(count)}`, "number"),
      graph(history.map(({ created }) => created)),
    ],
  ];
  const line: Span[] = [];
  for (const part of parts) {
    const gap = line.length === 0 ? 0 : 3;
    if (lineWidth(line) + gap + lineWidth(part) > width) break;
    line.push(span(" ".repeat(gap)), ...part);
  }
  return fitLine(line, width);
}

function shownLine(state: TopState, width: number): Line {
  const { overlay, look, shown, filter, sort, marks } = state;
  if (overlay?.kind === "filter") {
    const cursor = span(" ", "cursor");
    const found = span(` ${grouped(shown.length)} found `, "label");
    const room = width - 4 - widthOf(found.text);
    return spread([span(" / ", "key"), span(endOf(filter, room), "value"), cursor], [found], width);
  }
  const banner = linkBanner(state);
  if (banner !== undefined) return fitLine([banner], width, "banner-danger");
  if (look === undefined) return fitLine([span(" connecting …", "label")], width);
  const all = look.rows.length < look.limit;
  const amount = all
    ? `all ${grouped(look.rows.length)}`
    : `the ${grouped(look.rows.length)} most recent of ${grouped(look.sessions)}`;
  const column = columns.find(({ id }) => id === sort.column);
  const parts: Line[] = [
    ...(filter === ""
      ? []
      : [
          [span("/ ", "key"), span(endOf(filter, width / 3), "value"), span(` ${grouped(shown.length)} found`, "mark")],
        ]),
    ...(marks.size === 0 ? [] : [[span(`● ${grouped(marks.size)} marked`, "mark")]]),
    [span(amount, "label")],
    [span(`by ${column?.title ?? ""} ${sort.inverted ? "▼" : "▲"}`, "label")],
  ];
  const separator: Line = [span(" · ", "label")];
  return fitLine([span(" "), ...parts.flatMap((part, n) => (n === 0 ? part : separator.concat(part)))], width);
}

function endOf(text: string, room: number): string {
  let end = text;
  while (widthOf(end) > room) end = end.slice(1);
  return end;
}

function clockTime(at: number): string {
  return `${new Date(at).toISOString().slice(11, 19)}Z`;
}

function intervalText(ms: number): string {
  return ms < 1000 ? `${ms / 1000}s` : formatDuration(ms, 2);
}

/** A count with its thousands apart. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
