import { clientOf } from "../core/input.js";
import { type Client, maxSightings, type Sighting } from "../core/session.js";

/** The field of a session's JSON in which the clients are kept, so that any reader of the layout finds them. */
export const recordField = "sessctl";

/** What is kept of a session beside the application's own data. */
export interface ClientRecord {
  /** ms since 1970; missing on sessions that were begun before their clients were recorded. */
  readonly createdAt?: number;
  /** Oldest first; the first is the client at creation when `createdAt` is there. */
  readonly sightings: readonly Sighting[];
}

/** A session's list of clients grows at most once in so many ms. */
const sightingEveryMs = 1000;

/** The record after a client was seen; the same object when there is no news. */
export function withClient(
  record: ClientRecord | undefined,
  client: Client | undefined,
  now: number,
  isNew: boolean,
): ClientRecord | undefined {
  if (client === undefined) return record;
  const sighting = { at: now, ...clientOf(client) };
  if (record === undefined) return { ...(isNew ? { createdAt: now } : {}), sightings: [sighting] };
  const last = record.sightings.at(-1);
  if (last?.ip === sighting.ip && last?.userAgent === sighting.userAgent) return record;
  if (last !== undefined && now - last.at < sightingEveryMs) return record;
  const [first = sighting, ...later] = record.sightings;
  const kept = record.sightings.length === 0 ? [] : [...later, sighting].slice(-(maxSightings - 1));
  return { ...record, sightings: [first, ...kept] };
}

/** The record in a stored session; `undefined` when there is none, or something else under its name. */
export function clientRecordOf(stored: Readonly<Record<string, unknown>>): ClientRecord | undefined {
  const record = stored[recordField];
  if (typeof record !== "object" || record === null || !("sightings" in record)) return undefined;
  return Array.isArray(record.sightings) && record.sightings.every(isSighting) ? (record as ClientRecord) : undefined;
}

function isSighting(value: unknown): value is Sighting {
  return typeof value === "object" && value !== null && "at" in value && typeof value.at === "number";
}
