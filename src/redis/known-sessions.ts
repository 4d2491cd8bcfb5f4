import { RecentMap } from "../core/recent-map.js";
import type { Session } from "../core/session.js";
import type { SessionId } from "../core/token.js";

/** What does not change about a session under one id but that its deadline may be brought forward. */
export type Known = Pick<Session, "user" | "createdAt" | "endsAt">;

/** Most sessions remembered. */
const mostRemembered = 50_000;

/** What this process knows of the sessions it has dealt with lately, so that a logout need not read what it ends. */
export class KnownSessions {
  readonly #sessions = new RecentMap<SessionId, Known>(mostRemembered);

  get(id: SessionId): Known | undefined {
    return this.#sessions.get(id);
  }

  remember(id: SessionId, { user, createdAt, endsAt }: Known): void {
    if (!this.#sessions.isFresh(id)) this.#sessions.set(id, { user, createdAt, endsAt });
  }

  forget(id: SessionId): void {
    this.#sessions.delete(id);
  }
}
