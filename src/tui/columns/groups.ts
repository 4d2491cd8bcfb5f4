import type { Group, GroupBy } from "../../app/watch/groups.js";
import { safe } from "../../core/safe-text.js";
import { type Column, elapsed, grouped, nothing } from "./column.js";

/** The columns of groups. */
export function groupColumns(by: GroupBy): readonly Column<Group>[] {
  return [
    {
      id: "name",
      title: by.toUpperCase(),
      rank: 1,
      min: 18,
      usual: 28,
      max: 48,
      align: "left",
      tone: ({ name }) => (name === undefined ? "faint" : "value"),
      text: ({ name }) => name ?? nothing,
    },
    number("sessions", "SESSIONS", 2, ({ sessions }) => sessions),
    ...(by === "user" ? [] : [number("users", "USERS", 3, ({ users }) => users)]),
    {
      ...number("flagged", "FLAGGED", 4, ({ flagged }) => flagged),
      tone: ({ flagged }) => (flagged > 0 ? "warning" : "faint"),
      text: ({ flagged }) => safe(flagged > 0 ? `▲ ${grouped(flagged)}` : "0"),
    },
    {
      id: "idle",
      title: "IDLE",
      rank: 5,
      min: 6,
      usual: 6,
      max: 6,
      align: "right",
      tone: () => "plain",
      text: ({ lastSeenAt }, now) => elapsed(lastSeenAt, now),
    },
  ];
}

function number(id: string, title: string, rank: number, of: (group: Group) => number): Column<Group> {
  return {
    id,
    title,
    rank,
    min: 9,
    usual: 9,
    max: 11,
    align: "right",
    tone: () => "plain",
    text: (group) => safe(grouped(of(group))),
  };
}
