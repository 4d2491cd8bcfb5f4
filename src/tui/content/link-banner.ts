import { timeOfDay } from "../../core/time-of-day.js";
import { formatDuration } from "../../core/duration.js";
import { type Span, span } from "../spans.js";
import type { TopState } from "../state.js";

/** What a connection's own errors are called. */
const away: ReadonlySet<string> = new Set(["unreachable", "timeout", "closed"]);

/** Which Redis is gone, since when and why, and how old what is on the screen is; `undefined` while it is there. */
export function linkBanner({ link, look, now }: TopState): Span | undefined {
  if (link.kind !== "down") return undefined;
  const what = away.has(link.problem.code) ? "Redis is gone" : "Cannot read";
  const since = `${what} since ${timeOfDay(link.since)} (${formatDuration(now - link.since, 2)})`;
  const data = look === undefined ? "nothing read yet" : `data of ${timeOfDay(look.at)}`;
  return span(` ✖ ${since}: ${link.problem.message} · ${data} · trying again `, "banner-danger");
}
