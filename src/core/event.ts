import type { SessionId } from "./token.js";

/**
 * What happens to sessions, as operators can follow it.
 *
 * - `created`, `rotated` (login and role change), `destroyed` (logout), `revoked`, `expired` (found past its end)
 * - `switched`: another client was seen on it, which does not match the binding
 * - `refused`: a client that does not match the binding was turned away
 * - `replayed`: the token of a session that was rotated, revoked or logged out was presented: somebody holds it
 */
export type EventType =
  | "created"
  | "rotated"
  | "switched"
  | "destroyed"
  | "revoked"
  | "expired"
  | "refused"
  | "replayed";

/** Every type of event. */
export const eventTypes: readonly EventType[] = [
  "created",
  "rotated",
  "switched",
  "destroyed",
  "revoked",
  "expired",
  "refused",
  "replayed",
];

/** One thing that happened to one session. */
export interface SessionEvent {
  readonly type: EventType;
  /** ms since 1970, by the clock of whoever did it. */
  readonly at: number;
  readonly id: SessionId;
  readonly user: string | undefined;
  /** Address of the client that was new, refused, or held a dead token. */
  readonly ip: string | undefined;
  readonly userAgent: string | undefined;
  /** With `rotated`: the id before. */
  readonly previousId: SessionId | undefined;
  /** With `revoked` and `replayed`: why the session is gone, as an operator put it, or the tombstone's word. */
  readonly reason: string | undefined;
  /** Who did it, when somebody said so. */
  readonly actor: string | undefined;
}
