import type { SessionId } from "./token.js";

/** Who presents a token. Either may be missing: an application behind a socket has no address to tell. */
export interface Client {
  readonly ip: string | undefined;
  readonly userAgent: string | undefined;
}

/** A client seen on a session, and when the session was first seen with it (ms since 1970). */
export interface Sighting extends Client {
  readonly at: number;
}

/** Anything JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What an application keeps in a session. */
export type SessionData = { readonly [key: string]: Json };

/** Most sightings kept on a session; the oldest but the first go. */
export const maxSightings = 16;

/** A session as it is stored: everything but its last activity, which the store keeps beside it. Times are ms since 1970. */
export interface SessionRecord {
  readonly user: string | undefined;
  /** Authentication level, in the application's words; `undefined` when it has none. */
  readonly level: string | undefined;
  readonly createdAt: number;
  /** Last authentication; `undefined` while anonymous. */
  readonly authenticatedAt: number | undefined;
  /** When the id was last changed; equal to `createdAt` before any rotation. */
  readonly rotatedAt: number;
  /** Absolute deadline: the session ends then however active it is. */
  readonly endsAt: number;
  /** Idle window: the session ends after so many ms without a request. */
  readonly idleMs: number;
  /** Oldest first, never empty; the first is the client at creation, the last the present one. */
  readonly sightings: readonly [Sighting, ...Sighting[]];
  readonly data: SessionData;
}

/** A live session as applications see it. Times are ms since 1970. */
export interface Session<Data extends SessionData = SessionData> {
  /** Safe to show and to log. */
  readonly id: SessionId;
  readonly user: string | undefined;
  readonly level: string | undefined;
  readonly createdAt: number;
  readonly authenticatedAt: number | undefined;
  readonly rotatedAt: number;
  readonly lastSeenAt: number;
  /** When it ends unless a request comes before. */
  readonly idleEndsAt: number;
  readonly endsAt: number;
  /** The client at creation. */
  readonly client: Client;
  readonly sightings: readonly Sighting[];
  readonly data: Data;
}

/** A session from its record and its last activity. */
export function toSession(id: SessionId, record: SessionRecord, lastSeenAt: number): Session {
  const { ip, userAgent } = record.sightings[0];
  return {
    id,
    user: record.user,
    level: record.level,
    createdAt: record.createdAt,
    authenticatedAt: record.authenticatedAt,
    rotatedAt: record.rotatedAt,
    lastSeenAt,
    idleEndsAt: lastSeenAt + record.idleMs,
    endsAt: record.endsAt,
    client: { ip, userAgent },
    sightings: record.sightings,
    data: record.data,
  };
}

/** The record after a client was seen: a sighting more when it differs from the last, the same object when not. */
export function withSighting(record: SessionRecord, client: Client, at: number): SessionRecord {
  const last = record.sightings.at(-1);
  if (last?.ip === client.ip && last?.userAgent === client.userAgent) return record;
  const [first, ...later] = record.sightings;
  const kept = [...later, { at, ip: client.ip, userAgent: client.userAgent }].slice(-(maxSightings - 1));
  return { ...record, sightings: [first, ...kept] };
}
