import type { GeoReader } from "../../clients/geography/geo-reader.js";
import { clientLabel } from "../../clients/label.js";
import type { ClientReader } from "../../core/binding.js";
import type { DirectorySession, RecentEntry } from "../../core/ports.js";
import { safe, type SafeText } from "../../core/safe-text.js";
import type { SessionId } from "../../core/token.js";
import { type Flag, flagsOf } from "../flags.js";

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
  /** Whether its record was not read yet: it is known from the index alone. */
  readonly unread: boolean;
  readonly user: SafeText | undefined;
  readonly level: SafeText | undefined;
  /** Address and user agent seen last. */
  readonly ip: SafeText | undefined;
  readonly userAgent: SafeText | undefined;
  /** The network that the address is in. */
  readonly network: SafeText | undefined;
  /** Country of the address, where there is data on addresses. */
  readonly country: SafeText | undefined;
  /** The user agent in a few words. */
  readonly client: SafeText;
  /** The browser's family. */
  readonly browser: SafeText | undefined;
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

/** A session with its texts made safe and its clients read. */
export function watched(session: DirectorySession, reader: ClientReader, geo?: GeoReader): WatchedSession {
  const sightings = session.sightings.map(({ at, ip, userAgent }) => ({
    at,
    ip: safely(ip),
    userAgent: safely(userAgent),
    client: safe(clientLabel(userAgent, reader)),
  }));
  const seen = sightings.at(-1);
  const { ip, userAgent } = session.sightings.at(-1) ?? {};
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
    unread: false,
    network: safely(ip === undefined ? undefined : (reader.network(ip) ?? ip)),
    country: safely(ip === undefined ? undefined : geo?.place(ip).country),
    browser: safely(userAgent === undefined ? undefined : reader.agent(userAgent).browser),
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

/** A session of which only the index was read. */
export function unread({ id, seenAt }: RecentEntry, layout: string): WatchedSession {
  const session: DirectorySession = {
    id,
    layout,
    corrupt: undefined,
    user: undefined,
    level: undefined,
    createdAt: undefined,
    authenticatedAt: undefined,
    rotatedAt: undefined,
    lastSeenAt: seenAt,
    idleEndsAt: undefined,
    endsAt: undefined,
    sightings: [],
    data: undefined,
    bytes: undefined,
  };
  const name = safe(id);
  return {
    id,
    name,
    unread: true,
    user: undefined,
    level: undefined,
    ip: undefined,
    userAgent: undefined,
    network: undefined,
    country: undefined,
    client: safe("…"),
    browser: undefined,
    corrupt: undefined,
    createdAt: undefined,
    lastSeenAt: seenAt,
    expiresAt: undefined,
    bytes: undefined,
    flags: [],
    sightings: [],
    session,
    text: name,
  };
}

/** Text made safe, where there is any. */
export function safely(text: string | undefined): SafeText | undefined {
  return text === undefined ? undefined : safe(text);
}

function nearer(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
