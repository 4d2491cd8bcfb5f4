import type { SessionEvent } from "./event.js";
import type { SessctlError } from "./errors.js";
import type { IdStatistics } from "./id-statistics.js";
import type { Client, Session, SessionData, Sighting } from "./session.js";
import type { SessionId, Token } from "./token.js";
import type { ChainReport } from "./trail-chain.js";
import type { TrailEntry, TrailStep } from "./trail.js";

/** Milliseconds since 1970. Everything that needs the time is handed one. */
export type Clock = () => number;

/** Why a token was not accepted. `unknown` is also the answer for a token that never existed or whose record was removed. */
export type RefusalReason = "unknown" | "expired" | "revoked" | "rotated" | "logout" | "mismatch";

/** A token that opens nothing, and why. */
export interface Refusal {
  readonly ok: false;
  readonly reason: RefusalReason;
}

/** A token that opens a session. */
export interface Accepted<Data extends SessionData = SessionData> {
  readonly ok: true;
  readonly session: Session<Data>;
}

/** A session with the token that opens it. The token is a getter, so that printing or serialising the object does not show it. */
export interface Issued<Data extends SessionData = SessionData> extends Accepted<Data> {
  readonly token: Token;
}

/** What a new session starts with. */
export interface CreateOptions<Data extends SessionData = SessionData> {
  /** Without a user the session is anonymous. */
  readonly user?: string | undefined;
  readonly level?: string | undefined;
  readonly client?: Partial<Client> | undefined;
  /** Default: `{}`. */
  readonly data?: Data | undefined;
  /** Idle window of this session in ms; default: the store's. */
  readonly idleMs?: number | undefined;
  /** Absolute lifetime of this session in ms; default: the store's. */
  readonly absoluteMs?: number | undefined;
}

/** What changes when a session gets a new id. */
export interface RotateOptions {
  /** Who has just authenticated. Giving it begins a new absolute lifetime and a new list of sightings; leaving it out extends nothing. */
  readonly user?: string | undefined;
  /** The new authentication level; default: unchanged, and none with a new authentication. */
  readonly level?: string | undefined;
  /** Who presents the token; default: the last client seen. */
  readonly client?: Partial<Client> | undefined;
  /** Idle window in ms from now on; default: unchanged. */
  readonly idleMs?: number | undefined;
  /** Absolute lifetime in ms of the new authentication; default: the store's. Without `user` it is an error. */
  readonly absoluteMs?: number | undefined;
}

/** Which sessions of a user stay, and why the others end. */
export interface RevokeUserOptions {
  /** A session that stays, as in "log out everywhere else". */
  readonly except?: SessionId | undefined;
  /** Kept in the tombstones. */
  readonly reason?: string | undefined;
  /** Who did it, kept in the tombstones. */
  readonly actor?: string | undefined;
}

/**
 * Server-side sessions, as an application uses them.
 *
 * Absence is a value; a thrown `SessctlError` means that something failed, and then no session may be taken as valid.
 */
export interface SessionStore<Data extends SessionData = SessionData> {
  /** Starts a session. */
  create(options?: CreateOptions<Data>): Promise<Issued<Data>>;
  /** Checks a token, rolls its idle window, and remembers the client when it is a new one. One round trip. */
  validate(token: string, client?: Partial<Client>): Promise<Accepted<Data> | Refusal>;
  /**
   * Replaces the data by what `change` returns. Compare-and-set: when another update came between, `change` is called
   * again with the newer data, so it must have no side effects. Never brings back a session that is gone.
   */
  update(token: string, change: (data: Data) => Data): Promise<Accepted<Data> | Refusal>;
  /** Gives the session a new token and id; the old token is refused from then on. For every login and role change. */
  rotate(token: string, options?: RotateOptions): Promise<Issued<Data> | Refusal>;
  /** Ends the session; resolves to whether it was there. */
  destroy(token: string): Promise<boolean>;
  /** A user's live sessions, most recently active first. */
  listUser(user: string): Promise<readonly Session<Data>[]>;
  /** Ends a user's sessions, those created by logins and rotations under way included; resolves to how many. */
  revokeUser(user: string, options?: RevokeUserOptions): Promise<number>;
  /** Removes index entries of sessions that are gone, and sessions that a cutoff revoked; resolves to how many. Creations do this a little at a time by themselves. */
  sweep(): Promise<number>;
  /** Lets running operations end, then closes the connection that the store opened itself. */
  close(): Promise<void>;
}

/** What a layout can tell and do. */
export interface Capabilities {
  /** Whether counts and the most recent sessions come from an index, at a cost that does not grow, or by a walk over all sessions each. */
  readonly recent: "index" | "walk";
  /** Whether a user's sessions are found by an index or by walking all sessions. */
  readonly byUser: "index" | "walk";
  /** Whether it tells when a session was created. */
  readonly created: boolean;
  /** Exactly, from the TTL where the idle window is known, or not at all. */
  readonly lastSeen: "exact" | "ttl" | "none";
  readonly deadline: boolean;
  /** Whether it may tell the client; where an application keeps it is the application's choice in most layouts. */
  readonly client: boolean;
  /** Whether the clients before the last are kept, so that a session can be seen to have switched. */
  readonly switches: boolean;
  /** Whether an expiry that was brought forward lasts, is undone by the application's next touch, or cannot be set. */
  readonly expire: "lasting" | "until-touch" | "none";
  readonly data: boolean;
  /** Whether what happens to sessions is kept; without it `events` tells none. */
  readonly events: boolean;
  /** Whether a walk tells all ids with the same first two characters one after the other, and a user's sessions share those. */
  readonly usersTogether?: boolean;
  /** Whether `cutoff` can be used; without it it is `unsupported`. */
  readonly cutoff: boolean;
}

/** A stored session as an operator sees it, whichever layout. What the layout cannot tell is `undefined`; a time that never comes is `Infinity`. */
export interface DirectorySession {
  readonly id: SessionId;
  readonly layout: string;
  /** Why the record cannot be decoded; every other field that depends on it is `undefined` then. */
  readonly corrupt: string | undefined;
  readonly user: string | undefined;
  readonly level: string | undefined;
  readonly createdAt: number | undefined;
  readonly authenticatedAt: number | undefined;
  readonly rotatedAt: number | undefined;
  readonly lastSeenAt: number | undefined;
  readonly idleEndsAt: number | undefined;
  readonly endsAt: number | undefined;
  /** Oldest first: the client at creation, then each different one. Empty when the layout keeps no client; a time it does not tell is NaN. */
  readonly sightings: readonly Sighting[];
  readonly data: SessionData | undefined;
  /** The cookie's settings that the framework keeps in the session; left out where it keeps none. */
  readonly cookie?: SessionData;
  /** Size of the stored record in bytes. */
  readonly bytes: number | undefined;
}

/** How many sessions there are. */
export interface DirectoryCounts {
  /** Sessions stored; those that ended since the last sweep may still be among them. */
  readonly sessions: number;
  /** For each instant asked for, the sessions with a request since. */
  readonly activeSince: readonly number[];
  /** Sessions whose client has switched. */
  readonly flagged: number;
}

/** A session in the index of the most recent: its id, and when it was last seen as far as the index knows (ms). */
export interface RecentEntry {
  readonly id: SessionId;
  readonly seenAt: number;
}

/** How much a Redis holds and does, all masters together. */
export interface ServerLoad {
  readonly memoryBytes: number;
  readonly commandsPerSecond: number;
}

/** Who changed something and why, kept with what was changed. */
export interface Note {
  readonly reason?: string | undefined;
  readonly actor?: string | undefined;
}

/** What became of one session that was to be changed. `unchanged`: it ends sooner already. */
export interface Change {
  readonly id: SessionId;
  readonly outcome: "revoked" | "expired" | "unchanged" | "gone" | "failed";
  /** With `failed`: why. */
  readonly error?: SessctlError;
}

/** A place in the flow of events, for asking what came after it; what is in it is the directory's own. */
export type EventMark = ReadonlyMap<string, string>;

/** Events, oldest first, and the place after the last of them. */
export interface EventsRead {
  readonly events: readonly SessionEvent[];
  readonly mark: EventMark;
  /** Whether older ones were passed over, since only so many were asked for. */
  readonly passedOver: boolean;
}

/** Which events to read. */
export interface EventsWanted {
  /** Without a mark: those since this instant (ms); default: none. */
  readonly since?: number | undefined;
  /** About how many at the most, the newest; default: all. */
  readonly limit?: number | undefined;
}

/** All sessions of one namespace, as an operator uses them. Sessions that are over are left out everywhere. */
export interface SessionDirectory {
  /** Name of the layout, `native` for sessctl's own. */
  readonly layout: string;
  readonly capabilities: Capabilities;
  /** How many there are; with `recent: "index"` at a cost that does not grow with their number. */
  count(activeSince?: readonly number[]): Promise<DirectoryCounts>;
  /** The most recently active sessions, newest first, at most `limit`; with `recent: "index"` at a cost that does not grow with their number. */
  recent(limit: number): Promise<readonly DirectorySession[]>;
  /** The same from the index alone, without a look at their records: some may have ended. A time that the layout does not tell is NaN. */
  recentEntries(limit: number): Promise<readonly RecentEntry[]>;
  /** About how many users have sessions, at a cost that does not grow with their number. */
  estimateUsers(): Promise<number>;
  /** All sessions of a user, most recently active first. */
  byUser(user: string): Promise<readonly DirectorySession[]>;
  /** The ids that begin with `prefix` (4 to 32 hex characters), at most `limit` (default 20). */
  find(prefix: string, limit?: number): Promise<readonly SessionId[]>;
  /** The sessions with these ids, in this order; those that are gone are left out. */
  get(ids: readonly SessionId[]): Promise<readonly DirectorySession[]>;
  /** The sessions whose client switched since an instant (ms), at a cost that goes by how many those are; left out where no index tells. */
  flaggedSince?(since: number): Promise<readonly SessionId[]>;
  /** What can be said of the ids of all sessions walked so far, as applications send them; left out where none are kept. */
  idStatistics?(): IdStatistics;
  /** Every session once, in batches; those created or ended meanwhile may be in or not. */
  walk(): AsyncIterable<readonly DirectorySession[]>;
  /** Ends sessions. One that fails does not stop the others. */
  revoke(ids: readonly SessionId[], note?: Note): Promise<readonly Change[]>;
  /** Brings the absolute deadline forward to `endsAt` (ms); never later than it was. One that fails does not stop the others. */
  expire(ids: readonly SessionId[], endsAt: number, note?: Note): Promise<readonly Change[]>;
  /** Ends every session that was created before an instant (ms), at a cost that does not grow with their number; never undone by an earlier one. `unsupported` where the capabilities say so. */
  cutoff(before: number): Promise<void>;
  /** What happened to sessions, oldest first: those kept since an instant (ms), at most `limit` (default 1000) and then the newest. */
  events(options?: { readonly since?: number; readonly limit?: number }): Promise<readonly SessionEvent[]>;
  /**
   * The events written since a mark, each told once whatever clock it was written by; without a mark, the mark to go on
   * from. What was dropped meanwhile, since only so many are kept, is missing.
   */
  eventsAfter(mark?: EventMark, wanted?: EventsWanted): Promise<EventsRead>;
  /** How busy the Redis is that holds the sessions. */
  load(): Promise<ServerLoad>;
  /**
   * Waits until so many replicas have all that was changed here, at most `timeoutMs`, and resolves to how many have it. In a
   * cluster every master must have them, and the least of them counts.
   */
  replicated(replicas: number, timeoutMs: number): Promise<number>;
  /** What time it is by the clock of what stores the sessions, ms since 1970. */
  time(): Promise<number>;
  close(): Promise<void>;
}

/** An entry of the trail that can be read, and where it is; or why it cannot. */
export type TrailRead = {
  readonly place: string;
  /** When it was stored, ms since 1970, by the clock of what stores it. */
  readonly storedAt: number;
  readonly hash: string | undefined;
} & (
  | { readonly entry: TrailEntry; readonly unreadable?: undefined }
  | { readonly entry?: undefined; readonly unreadable: string }
);

/** What operators did, each entry carrying the hash of the one before: whatever layout the sessions are of. */
export interface Trail {
  /** Name of what holds it, for messages. */
  readonly name: string;
  /** Adds a step after the last one, whoever else adds at the same time, and gives its number. `conflict` when others never let it. */
  append(step: TrailStep): Promise<number>;
  /** Every entry once, newest first, in batches. */
  newestFirst(): AsyncIterable<readonly TrailRead[]>;
  /** The entries after a place, oldest first; `undefined` is before the first. */
  after(place: string | undefined): Promise<readonly TrailRead[]>;
  /**
   * Checks the whole chain; `earlier` is a hash that was once the last one and must still be in it. `undefined` when there is
   * no trail. `onRead` is told how many more entries were read.
   */
  verify(earlier?: string, onRead?: (entries: number) => void): Promise<ChainReport | undefined>;
  /** What time it is by the clock of what stores it, ms since 1970. */
  time(): Promise<number>;
  close(): Promise<void>;
}
