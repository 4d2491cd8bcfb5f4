import { safe, type SafeText } from "../../core/safe-text.js";
import type { WatchedSession } from "./session.js";

/** What sessions can be grouped by. */
export type GroupBy = "user" | "network" | "browser" | "country";

/** Sessions that have something in common. */
export interface Group {
  /** What they have in common; `undefined` when they do not tell. */
  readonly name: SafeText | undefined;
  readonly sessions: number;
  /** Different users among them. */
  readonly users: number;
  /** Of them, those whose client has switched. */
  readonly flagged: number;
  readonly lastSeenAt: number | undefined;
  /** What a text filter looks at, lower case. */
  readonly text: string;
}

/** What a session has in common with its group; `undefined` when it does not tell. */
export function groupOf(row: WatchedSession, by: GroupBy): SafeText | undefined {
  return row[by];
}

/** The groups of these sessions, the largest first. */
export function groupsOf(rows: readonly WatchedSession[], by: GroupBy): readonly Group[] {
  const members = new Map<SafeText | undefined, WatchedSession[]>();
  for (const row of rows) {
    if (row.unread) continue;
    const name = groupOf(row, by);
    const group = members.get(name);
    if (group === undefined) members.set(name, [row]);
    else group.push(row);
  }
  return [...members]
    .map(([name, group]) => ({
      name,
      sessions: group.length,
      users: new Set(group.map(({ user }) => user).filter((user) => user !== undefined)).size,
      flagged: group.filter(({ flags }) => flags.length > 0).length,
      lastSeenAt: group.reduce<number | undefined>((last, { lastSeenAt }) => later(last, lastSeenAt), undefined),
      text: (name ?? safe("-")).toLowerCase(),
    }))
    .toSorted((a, b) => b.sessions - a.sessions || (a.text < b.text ? -1 : Number(a.text > b.text)));
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
