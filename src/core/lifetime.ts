/** How long a session may live. */
export interface Lifetime {
  /** Idle window in ms: the longest time between two requests. */
  readonly idleMs: number;
  /** Absolute lifetime in ms, from creation or from the last authentication. */
  readonly absoluteMs: number;
}

/** 30 minutes idle, 12 hours absolute: within NIST SP 800-63B-4 AAL2 (1 h and 24 h). */
export const defaultLifetime: Lifetime = { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 };

/** What bounds a session's life beside its last activity. */
export interface LifetimeState {
  readonly createdAt: number;
  readonly endsAt: number;
}

/** Why a session that is still stored is no longer valid. */
export type Lapse = "expired" | "revoked";

/**
 * Why a stored session is over at `now`; `undefined` while it is valid.
 * A session ends at its deadline and at the end of its idle window, both exclusive: at that very millisecond it is over.
 * `cutoff` revokes the sessions created before it.
 */
export function lapse(state: LifetimeState, idleEndsAt: number, cutoff: number, now: number): Lapse | undefined {
  if (state.createdAt < cutoff) return "revoked";
  return now >= state.endsAt || now >= idleEndsAt ? "expired" : undefined;
}

/** The last activity of a session, from the end of its idle window; the last rotation when it has none to tell by. */
export function lastSeenAt(state: { readonly idleMs: number; readonly rotatedAt: number }, idleEndsAt: number): number {
  return Number.isFinite(idleEndsAt) ? idleEndsAt - state.idleMs : state.rotatedAt;
}
