import type { WatchedFinding } from "../../app/watch/findings.js";
import { safe, type SafeText } from "../../core/safe-text.js";
import type { Tone } from "../theme.js";
import { type Column, elapsed, grouped, nothing } from "./column.js";

/** How a severity looks; its name stands beside it always. */
const tones: Readonly<Record<WatchedFinding["severity"], Tone>> = {
  critical: "danger",
  high: "danger",
  medium: "warning",
  low: "plain",
  info: "faint",
};

/** The columns of findings. */
export const findingColumns: readonly Column<WatchedFinding>[] = [
  {
    id: "severity",
    title: "SEVERITY",
    rank: 1,
    min: 8,
    usual: 8,
    max: 8,
    align: "left",
    tone: ({ severity }) => tones[severity],
    text: ({ severity }) => safe(severity.toUpperCase()),
  },
  text("rule", "RULE", 2, [16, 18, 22], ({ rule }) => rule),
  text("user", "USER", 3, [12, 18, 28], ({ user }) => user ?? nothing),
  {
    ...text("sessions", "SESSIONS", 4, [8, 8, 9], ({ sessions }) => safe(grouped(sessions.length))),
    align: "right",
  },
  {
    ...text("seen", "SEEN", 5, [5, 5, 5], () => nothing),
    align: "right",
    text: ({ lastSeenAt }, now) => elapsed(lastSeenAt, now),
  },
  { ...text("ip", "IP", 6, [15, 20, 39], ({ ip }) => ip ?? nothing), extra: true },
  { ...text("title", "WHAT", 7, [20, 40, 200], ({ title }) => title), extra: true },
];

function text(
  id: string,
  title: string,
  rank: number,
  [min, usual, max]: readonly [min: number, usual: number, max: number],
  of: (finding: WatchedFinding) => SafeText,
): Column<WatchedFinding> {
  return { id, title, rank, min, usual, max, align: "left", tone: () => "plain", text: of };
}
