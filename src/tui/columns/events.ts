import { timeOfDay } from "../../core/time-of-day.js";
import type { WatchedEvent } from "../../app/watch/event.js";
import type { EventType } from "../../core/event.js";
import { safe, type SafeText } from "../../core/safe-text.js";
import type { Tone } from "../theme.js";
import { type Column, elapsed, nothing } from "./column.js";

/** What is shown before an event's name, so that its kind isn't told by colour alone. */
const signs: Readonly<Record<EventType, readonly [sign: string, tone: Tone]>> = {
  created: ["+", "good"],
  rotated: ["↻", "plain"],
  switched: ["▲", "warning"],
  destroyed: ["-", "faint"],
  revoked: ["✖", "danger"],
  expired: ["-", "faint"],
  refused: ["!", "warning"],
  replayed: ["!", "danger"],
};

/** The columns of events. */
export const eventColumns: readonly Column<WatchedEvent>[] = [
  column("at", "TIME", 1, [8, 8, 8], ({ at }) => safe(timeOfDay(at).slice(0, 8))),
  {
    ...column("type", "EVENT", 2, [11, 11, 11], ({ type }) => safe(`${signs[type][0]} ${type}`)),
    tone: ({ type }) => signs[type][1],
  },
  { ...column("id", "ID", 3, [8, 8, 8], ({ name }) => name.slice(0, 8) as SafeText), tone: () => "id" },
  { ...column("user", "USER", 4, [12, 20, 28], ({ user }) => user ?? nothing), tone: () => "value" },
  {
    ...column("ago", "AGO", 5, [5, 5, 5], () => nothing),
    align: "right",
    text: ({ at }, now) => elapsed(at, now),
  },
  column("ip", "IP", 6, [15, 20, 39], ({ ip }) => ip ?? nothing),
  column("client", "CLIENT", 8, [18, 20, 26], ({ client }) => client ?? nothing),
  { ...column("why", "WHY", 7, [14, 24, 120], ({ why }) => why ?? safe("")), extra: true },
];

function column(
  id: string,
  title: string,
  rank: number,
  [min, usual, max]: readonly [min: number, usual: number, max: number],
  text: (event: WatchedEvent) => SafeText,
): Column<WatchedEvent> {
  return { id, title, rank, min, usual, max, align: "left", tone: () => "plain", text };
}
