import type { Session } from "../core/session.js";
import type { SessionId } from "../core/token.js";

/** What does not change about a session under one id but that its deadline may be brought forward. */
export type Known = Pick<Session, "user" | "createdAt" | "endsAt">;

/** Most sessions remembered. */
const mostRemembered = 50_000;

/**
 * What this process knows of the sessions it has dealt with lately, so that a logout need not read what it ends.
 *
 * Two generations: when the young one is full it becomes the old one, and what the old one held is forgotten.
 */
export class KnownSessions {
  #young = new Map<SessionId, Known>();
  #old = new Map<SessionId, Known>();

  get(id: SessionId): Known | undefined {
    return this.#young.get(id) ?? this.#old.get(id);
  }

  remember(id: SessionId, { user, createdAt, endsAt }: Known): void {
    if (this.#young.has(id)) return;
    if (this.#young.size >= mostRemembered / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, { user, createdAt, endsAt });
  }

  forget(id: SessionId): void {
    this.#young.delete(id);
    this.#old.delete(id);
  }
}
