import type { DirectorySession } from "../../core/ports.js";
import type { SessionId } from "../../core/token.js";

interface Held {
  readonly id: SessionId;
  readonly createdAt: number;
}

/** Counts users' sessions against a limit. Keeps no more than the limit of each user, and of those only until their group ends. */
export class UserLimit {
  readonly #most: number;
  readonly #excess: (id: SessionId) => void;
  readonly #users = new Map<string, { count: number; readonly newest: Held[] }>();
  /** Users so far. */
  users = 0;
  /** The most sessions of one user so far. */
  greatest = 0;

  /** `excess` hears of each session beyond a user's `most` newest. */
  constructor(most: number, excess: (id: SessionId) => void) {
    this.#most = most;
    this.#excess = excess;
  }

  see({ id, user, createdAt, lastSeenAt }: DirectorySession): void {
    if (user === undefined) return;
    let own = this.#users.get(user);
    if (own === undefined) {
      this.#users.set(user, (own = { count: 0, newest: [] }));
      this.users++;
    }
    own.count++;
    this.greatest = Math.max(this.greatest, own.count);
    const { newest } = own;
    newest.push({ id, createdAt: createdAt ?? lastSeenAt ?? 0 });
    if (newest.length <= this.#most) return;
    const oldest = newest.reduce(
      (least, { createdAt: at }, n) => (at < (newest[least]?.createdAt ?? 0) ? n : least),
      0,
    );
    for (const { id: over } of newest.splice(oldest, 1)) this.#excess(over);
  }

  /** No more sessions of the users seen so far will come. */
  endGroup(): void {
    this.#users.clear();
  }
}
