import type { SessionEvent } from "../core/event.js";
import type { Sighting } from "../core/session.js";
import type { SessionId } from "../core/token.js";

/** Most sessions whose refused clients are remembered, and of each; events are bounded, but by the store. */
const maxSessions = 1 << 17;
const maxEach = 8;

const none: readonly Sighting[] = [];

/** Clients that presented a session's token and were turned away: somebody else holds it, though nothing came of it. */
export class Attempts {
  readonly #bySession = new Map<SessionId, Sighting[]>();

  hear({ type, id, at, ip, userAgent }: SessionEvent): void {
    if (type !== "refused" || (ip === undefined && userAgent === undefined)) return;
    const own = this.#bySession.get(id);
    if (own === undefined && this.#bySession.size < maxSessions) this.#bySession.set(id, [{ at, ip, userAgent }]);
    else if (own !== undefined && own.length < maxEach) own.push({ at, ip, userAgent });
  }

  /** The clients that were refused on a session. */
  of(id: SessionId): readonly Sighting[] {
    return this.#bySession.size === 0 ? none : (this.#bySession.get(id) ?? none);
  }
}
