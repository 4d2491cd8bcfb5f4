import type { SessionEvent } from "../core/event.js";
import type { EventMark, SessionDirectory } from "../core/ports.js";

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

/** The kept events that a query asks for, oldest first. */
export async function eventsOf(directory: SessionDirectory, query: EventQuery): Promise<readonly SessionEvent[]> {
  const { since = 0, limit = all, user, types } = query;
  const isAll = user === undefined && types === undefined;
  const events = await directory.events({ since, limit: isAll ? limit : all });
  const wanted = events.filter(isWanted(query));
  return wanted.slice(Math.max(0, wanted.length - limit));
}

/** Tells the events that come, each once, after those since `query.since` if there is one; of one call about `query.limit` at the most, the newest. */
export class EventFollower {
  readonly #directory: SessionDirectory;
  readonly #query: EventQuery;
  #mark: EventMark | undefined;

  constructor(directory: SessionDirectory, query: EventQuery) {
    this.#directory = directory;
    this.#query = query;
  }

  /** Whether some were passed over by the last call, since there were more than the query's limit. */
  passedOver = false;

  /** Those that have come since the last call, oldest first. After a failure the next call tells what was missed, as far as it is kept. */
  async next(): Promise<readonly SessionEvent[]> {
    const { since, limit } = this.#query;
    const { events, mark, passedOver } = await this.#directory.eventsAfter(this.#mark, { since, limit });
    this.#mark = mark;
    this.passedOver = passedOver;
    return events.filter(isWanted(this.#query));
  }
}

function isWanted({ user, types }: EventQuery): (event: SessionEvent) => boolean {
  return (event) => (user === undefined || event.user === user) && (types?.includes(event.type) ?? true);
}
