import type { DirectorySession, SessionDirectory } from "../core/ports.js";
import { comparison, defaultSort, type SortKey, sortKey } from "./sort.js";

/** Which sessions to list, and in what order. */
export interface ListQuery {
  readonly user?: string;
  /** Only sessions with a request in the last so many ms. */
  readonly activeMs?: number;
  /** Default: most recently active first. */
  readonly sort?: SortKey;
  readonly reverse?: boolean;
  /** Most sessions; `undefined` is all. */
  readonly limit?: number;
}

/** Called with how many more sessions were read. */
export type OnRead = (sessions: number) => void;

/**
 * The sessions that a query asks for, in batches.
 *
 * Costs what is asked for where an index serves: one user, or the most recently active. Any other order reads every
 * session, and keeps no more of them than `limit`. Without limit and sort they come as they are read, in no order.
 */
export async function* list(
  directory: SessionDirectory,
  query: ListQuery,
  now: number,
  onRead: OnRead = () => undefined,
): AsyncGenerator<readonly DirectorySession[]> {
  const matches = matcher(query, now);
  const { user, reverse = false, limit } = query;
  const sort = query.sort ?? (reverse ? sortKey(defaultSort) : undefined);
  const compare = sort && comparison(sort, reverse);
  if (user !== undefined) {
    const sessions = (await directory.byUser(user)).filter(matches);
    yield (compare ? sessions.toSorted(compare) : sessions).slice(0, limit);
    return;
  }
  if (limit !== undefined && !reverse && (sort === undefined || sort.name === defaultSort)) {
    yield (await directory.recent(limit)).filter(matches);
    return;
  }
  if (compare === undefined) {
    for await (const sessions of read(directory, onRead)) yield sessions.filter(matches);
    return;
  }
  yield await first(read(directory, onRead), matches, compare, limit);
}

async function* read(directory: SessionDirectory, onRead: OnRead): AsyncGenerator<readonly DirectorySession[]> {
  for await (const sessions of directory.walk()) {
    onRead(sessions.length);
    yield sessions;
  }
}

/** The first `limit` of all in an order, with never more than twice as many in memory. */
async function first(
  batches: AsyncIterable<readonly DirectorySession[]>,
  matches: (session: DirectorySession) => boolean,
  compare: (a: DirectorySession, b: DirectorySession) => number,
  limit = Infinity,
): Promise<readonly DirectorySession[]> {
  let kept: DirectorySession[] = [];
  for await (const sessions of batches) {
    kept.push(...sessions.filter(matches));
    if (kept.length > 2 * limit) {
      kept = kept.toSorted(compare).slice(0, limit);
    }
  }
  return kept.toSorted(compare).slice(0, limit);
}

function matcher({ activeMs }: ListQuery, now: number): (session: DirectorySession) => boolean {
  if (activeMs === undefined) return () => true;
  return ({ lastSeenAt }) => lastSeenAt !== undefined && lastSeenAt >= now - activeMs;
}
