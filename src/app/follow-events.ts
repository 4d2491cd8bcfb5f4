import type { SessionEvent } from "../core/event.js";
import type { SessionDirectory } from "../core/ports.js";

/** Which events are wanted. */
export interface EventQuery {
  /** Only those at or after this instant, ms since 1970. */
  readonly since?: number;
  readonly user?: string;
  readonly types?: readonly string[];
  /** At most so many, and then the newest. */
  readonly limit?: number;
}

/** More than any namespace keeps. */
const all = 1_000_000;

/** Writers' clocks differ, and a write takes its time: an event may come this much after others of its time, ms. */
const lateMs = 10_000;

/** The kept events that a query asks for, oldest first. */
export async function eventsOf(
  directory: SessionDirectory,
  { since, user, types, limit = all }: EventQuery,
): Promise<readonly SessionEvent[]> {
  const isAll = user === undefined && types === undefined;
  const events = await directory.events({ since: since ?? 0, limit: isAll ? limit : all });
  const wanted = events.filter(
    (event) => (user === undefined || event.user === user) && (types?.includes(event.type) ?? true),
  );
  return wanted.slice(Math.max(0, wanted.length - limit));
}

/** Tells the events that come after those told before. */
export class EventFollower {
  readonly #directory: SessionDirectory;
  readonly #query: EventQuery;
  #since: number;
  #told = new Map<string, number>();

  /** From `query.since` on, or from `now` (ms). */
  constructor(directory: SessionDirectory, query: EventQuery, now: number) {
    this.#directory = directory;
    this.#query = query;
    this.#since = query.since ?? now;
  }

  /** Those that have come since the last call, oldest first. After a failure the next call tells what was missed, as far as it is kept. */
  async next(): Promise<readonly SessionEvent[]> {
    const events = await eventsOf(this.#directory, { ...this.#query, since: this.#since, limit: all });
    const fresh = events.filter((event) => !this.#told.has(nameOf(event)));
    for (const event of fresh) this.#told.set(nameOf(event), event.at);
    const newest = events.at(-1)?.at;
    if (newest !== undefined) this.#since = Math.max(this.#since, newest - lateMs);
    for (const [name, at] of this.#told) if (at < this.#since) this.#told.delete(name);
    return fresh;
  }
}

/** The same session does not have the same thing happen twice in a millisecond. */
function nameOf({ at, type, id, reason }: SessionEvent): string {
  return `${at} ${type} ${id} ${reason ?? ""}`;
}
