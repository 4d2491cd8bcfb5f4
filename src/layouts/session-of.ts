import type { DirectorySession } from "../core/ports.js";
import type { Sighting } from "../core/session.js";
import { escaped } from "./glob.js";
import { UndecodableError } from "./formats/plain.js";
import { idOfKey } from "./key-id.js";
import type { Layout, Stored, Told } from "./layout.js";
import { mappedText, type Mapping } from "./mapping.js";

/** A layout as one application uses it. */
export interface AppliedLayout {
  readonly layout: Layout;
  /** What the application's keys begin with. */
  readonly prefix: string;
  readonly mapping: Mapping;
  /** The application's idle window in ms, for layouts that do not tell it. */
  readonly idleMs?: number | undefined;
}

/** Redis keeps TTLs of most frameworks in whole seconds, rounded up. */
const ttlPrecisionMs = 1000;

/** Whether a key can be that of a session. */
export function isSessionKey({ layout: { keys }, prefix }: AppliedLayout, key: string): boolean {
  // A name that is no UTF-8 was read wrong, and none of the frameworks makes one.
  if (!key.startsWith(prefix) || key.length === prefix.length || key.includes("\uFFFD")) return false;
  return keys.isSession?.(key.slice(prefix.length)) ?? true;
}

/** The glob pattern that finds all sessions' keys, and perhaps others. */
export function patternOf({ layout: { keys }, prefix }: AppliedLayout): string {
  return escaped(prefix) + keys.glob;
}

/** The session in a record as an operator sees it; `undefined` when it is none, or over at `now` (ms). Never throws for what is stored. */
export function sessionOf(applied: AppliedLayout, stored: Stored, now: number): DirectorySession | undefined {
  let told: Told | undefined;
  try {
    told = applied.layout.decode(stored);
  } catch (error) {
    if (!(error instanceof UndecodableError)) throw error;
    return stored.keyEndsAt <= now ? undefined : unreadable(applied, stored, error.message, sizeOf(stored));
  }
  if (told === undefined) return undefined;
  const idleEndsAt = Math.min(told.idleEndsAt ?? Infinity, stored.keyEndsAt);
  const endsAt = told.endsAt;
  if (Math.min(idleEndsAt, endsAt ?? Infinity) <= now) return undefined;
  const { mapping, layout } = applied;
  const find = (field: "user" | "ip" | "ua" | "level", own: string | undefined) =>
    (mapping[field] === undefined ? own : undefined) ?? mappedText(told.data, field, mapping, layout.guesses);
  const lastSeenAt = told.lastSeenAt ?? seenByTtl(told.idleMs ?? applied.idleMs, stored.keyEndsAt, now);
  return {
    id: idOfKey(stored.key),
    layout: layout.name,
    corrupt: undefined,
    user: find("user", told.user),
    level: find("level", told.level),
    createdAt: told.createdAt,
    authenticatedAt: told.authenticatedAt,
    rotatedAt: undefined,
    lastSeenAt,
    idleEndsAt,
    endsAt,
    sightings: sightingsOf(find("ip", told.ip), find("ua", told.userAgent)),
    data: told.data,
    ...(told.cookie === undefined ? {} : { cookie: told.cookie }),
    bytes: sizeOf(stored),
  };
}

/** A session of which nothing can be told, and why. */
export function unreadable(
  { layout }: AppliedLayout,
  { key, keyEndsAt }: Pick<Stored, "key" | "keyEndsAt">,
  why: string,
  bytes: number | undefined,
): DirectorySession {
  return {
    id: idOfKey(key),
    layout: layout.name,
    corrupt: why,
    user: undefined,
    level: undefined,
    createdAt: undefined,
    authenticatedAt: undefined,
    rotatedAt: undefined,
    lastSeenAt: undefined,
    idleEndsAt: keyEndsAt,
    endsAt: undefined,
    sightings: [],
    data: undefined,
    bytes,
  };
}

/** The last use, from when the key ends; `undefined` when the window is not known, or cannot be the one in force. */
function seenByTtl(idleMs: number | undefined, keyEndsAt: number, now: number): number | undefined {
  if (idleMs === undefined || !Number.isFinite(keyEndsAt)) return undefined;
  const seen = keyEndsAt - idleMs;
  return seen <= now + ttlPrecisionMs ? Math.min(seen, now) : undefined;
}

/** When the client was seen no layout tells. */
function sightingsOf(ip: string | undefined, userAgent: string | undefined): readonly Sighting[] {
  return ip === undefined && userAgent === undefined ? [] : [{ at: Number.NaN, ip, userAgent }];
}

function sizeOf({ bytes, fields }: Stored): number {
  let size = bytes.length;
  for (const [name, value] of fields) size += Buffer.byteLength(name) + value.length;
  return size;
}
