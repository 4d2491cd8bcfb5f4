import { SessctlError } from "./errors.js";
import { checkedLevel, checkedUser, clientOf } from "./input.js";
import type { CreateOptions, RotateOptions } from "./ports.js";
import { type SessionData, type SessionRecord, withSighting } from "./session.js";
import { lifetimeOf, type StoreSettings } from "./settings.js";

/** The record that a new session starts with. `data` has been through `encodeData`. */
export function begun(options: CreateOptions, data: SessionData, settings: StoreSettings, now: number): SessionRecord {
  const { idleMs, absoluteMs } = lifetimeOf(options, settings);
  const user = options.user === undefined ? undefined : checkedUser(options.user);
  return {
    user,
    level: options.level === undefined ? undefined : checkedLevel(options.level),
    createdAt: now,
    authenticatedAt: user === undefined ? undefined : now,
    rotatedAt: now,
    endsAt: now + absoluteMs,
    idleMs,
    sightings: [{ at: now, ...clientOf(options.client) }],
    data,
  };
}

/** Checks what can be wrong with a rotation before anything is touched. */
export function checkRotation(options: RotateOptions, settings: StoreSettings): void {
  if (options.user !== undefined) checkedUser(options.user);
  if (options.level !== undefined) checkedLevel(options.level);
  lifetimeOf(options, settings);
  if (options.user === undefined && options.absoluteMs !== undefined) {
    throw new SessctlError(
      "invalid-argument",
      "absoluteMs needs user: only a new authentication begins a new absolute lifetime",
    );
  }
}

/**
 * The record under the new id. With `user` it is a new authentication: a new lifetime, the level that is given or
 * none, and only the present client, since who held the session before is not who holds it now. Without, nothing is
 * extended or forgotten.
 */
export function rotated(
  record: SessionRecord,
  options: RotateOptions,
  settings: StoreSettings,
  now: number,
): SessionRecord {
  const idleMs = options.idleMs ?? record.idleMs;
  if (options.user === undefined) {
    const seen = options.client === undefined ? record : withSighting(record, clientOf(options.client), now);
    return { ...seen, level: options.level ?? record.level, idleMs, rotatedAt: now };
  }
  const last = record.sightings.at(-1) ?? record.sightings[0];
  const { ip, userAgent } = options.client === undefined ? last : clientOf(options.client);
  return {
    user: options.user,
    level: options.level,
    createdAt: now,
    authenticatedAt: now,
    rotatedAt: now,
    endsAt: now + (options.absoluteMs ?? settings.absoluteMs),
    idleMs,
    sightings: [{ at: now, ip, userAgent }],
    data: record.data,
  };
}
