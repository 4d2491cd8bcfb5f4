import { clientLabel } from "../clients/label.js";
import type { ClientReader } from "../core/binding.js";
import type { Clock, DirectorySession, SessionDirectory } from "../core/ports.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { SessionId } from "../core/token.js";
import { type Flag, flagsOf } from "./flags.js";

/** Most recent sessions that a live list holds. Sorting and filtering see these and no more. */
export const defaultWatchLimit = 500;

/** A client seen on a session, its texts made safe. */
export interface WatchedSighting {
  readonly at: number;
  readonly ip: SafeText | undefined;
  readonly userAgent: SafeText | undefined;
  /** The user agent in a few words. */
  readonly client: SafeText;
}

/** One session as a live list shows it: all text made safe. What the layout cannot tell is `undefined`. */
export interface WatchedSession {
  readonly id: SessionId;
  /** The id as text to show. */
  readonly name: SafeText;
  readonly user: SafeText | undefined;
  readonly level: SafeText | undefined;
  /** Address and user agent seen last. */
  readonly ip: SafeText | undefined;
  readonly userAgent: SafeText | undefined;
  /** The user agent in a few words. */
  readonly client: SafeText;
  /** Why its record cannot be decoded. */
  readonly corrupt: SafeText | undefined;
  readonly createdAt: number | undefined;
  readonly lastSeenAt: number | undefined;
  /** When it ends unless a request comes before: the nearer of both limits; `Infinity` when never. */
  readonly expiresAt: number | undefined;
  readonly bytes: number | undefined;
  readonly flags: readonly Flag[];
  /** Every client seen, oldest first. */
  readonly sightings: readonly WatchedSighting[];
  readonly session: DirectorySession;
  /** What a text filter looks at, lower case. */
  readonly text: string;
}

/** What one look at a directory saw. */
export interface Look {
  readonly at: number;
  readonly sessions: number;
  /** Sessions with a request in the last one and five minutes. */
  readonly active1m: number;
  readonly active5m: number;
  readonly flagged: number;
  /** Sessions created in the last minute; `atLeast` when more may have been than the rows can tell. */
  readonly created1m: { readonly count: number; readonly atLeast: boolean };
  /** Most recently active first. */
  readonly rows: readonly WatchedSession[];
  /** The most rows that were asked for. */
  readonly limit: number;
}

/** A directory watched over time. */
export interface Watch {
  /** Reads counts and the `limit` most recent sessions, at a cost that does not grow with the number of sessions. */
  look(limit: number): Promise<Look>;
  /** Reads one session; `undefined` when it is gone. */
  session(id: SessionId): Promise<WatchedSession | undefined>;
}

/** Watches a directory. */
export function createWatch(directory: SessionDirectory, reader: ClientReader, clock: Clock): Watch {
  return {
    async look(limit) {
      const at = clock();
      const [counts, sessions] = await Promise.all([
        directory.count([at - 60_000, at - 300_000]),
        directory.recent(limit),
      ]);
      const [active1m = 0, active5m = 0] = counts.activeSince;
      const rows = sessions.map((session) => watched(session, reader));
      const created1m = createdWithin(rows, at - 60_000, limit);
      return { at, sessions: counts.sessions, active1m, active5m, flagged: counts.flagged, created1m, rows, limit };
    },
    async session(id) {
      const [session] = await directory.get([id]);
      return session && watched(session, reader);
    },
  };
}

/** Whoever was created since was also seen since, so the rows tell it all unless even the last of them was seen since. */
function createdWithin(rows: readonly WatchedSession[], since: number, limit: number): Look["created1m"] {
  const last = rows.at(-1);
  return {
    count: rows.filter((row) => row.createdAt !== undefined && row.createdAt >= since).length,
    atLeast: rows.length >= limit && last?.lastSeenAt !== undefined && last.lastSeenAt >= since,
  };
}

/** A session with its texts made safe and its clients read. */
export function watched(session: DirectorySession, reader: ClientReader): WatchedSession {
  const sightings = session.sightings.map(({ at, ip, userAgent }) => ({
    at,
    ip: safely(ip),
    userAgent: safely(userAgent),
    client: safe(clientLabel(userAgent, reader)),
  }));
  const seen = sightings.at(-1);
  const flags = flagsOf(session, reader);
  const row = {
    id: session.id,
    name: safe(session.id),
    user: safely(session.user),
    level: safely(session.level),
    ip: seen?.ip,
    userAgent: seen?.userAgent,
    client: seen?.client ?? safe("?"),
    corrupt: safely(session.corrupt),
  };
  return {
    ...row,
    createdAt: session.createdAt,
    lastSeenAt: session.lastSeenAt,
    expiresAt: nearer(session.idleEndsAt, session.endsAt),
    bytes: session.bytes,
    flags,
    sightings,
    session,
    text: [...Object.values(row), ...flags].join("\n").toLowerCase(),
  };
}

function safely(text: string | undefined): SafeText | undefined {
  return text === undefined ? undefined : safe(text);
}

function nearer(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
