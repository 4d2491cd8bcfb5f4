import type { DirectorySession, SessionDirectory } from "../core/ports.js";
import { candidates, type Criteria, matcher, type OnRead, usersOf } from "./criteria.js";
import { comparison, defaultSort, type SortKey, sortKey } from "./sort.js";

/** Which sessions to list, and in what order. */
export interface ListQuery extends Criteria {
  /** Default: most recently active first. */
  readonly sort?: SortKey;
  readonly reverse?: boolean;
  /** Most sessions; `undefined` is all. */
  readonly limit?: number;
}

/** What is told about a list beside its sessions. */
export interface ListEvents {
  readonly onRead?: OnRead;
  /** `limit` left some out; `total` is how many match, where that is known. */
  readonly onCut?: (total: number | undefined) => void;
}

/** Sessions looked at for those of the last minutes, most recent first, before every session is. */
const recentSteps = [1000, 4000, 16_000] as const;
/** How far an index of the most recent may be behind, in ms, with room to spare. */
const coarseMs = 60_000;

/**
 * The sessions that a query asks for, in batches.
 *
 * Costs what is asked for where an index serves: one user, or the most recently active. Any other order reads every
 * session, and keeps no more of them than `limit`. Without limit and sort they come as they are read, in no order; but
 * those active in a window come most recent first while they are few thousands.
 */
export async function* list(
  directory: SessionDirectory,
  query: ListQuery,
  now: number,
  { onRead = () => undefined, onCut = () => undefined }: ListEvents = {},
): AsyncGenerator<readonly DirectorySession[]> {
  const matches = matcher(query, now);
  const { activeMs, reverse = false, limit } = query;
  const users = usersOf(query);
  const hasIndex = directory.capabilities.recent === "index";
  // The index of the most recent knows nothing else about them.
  const isNarrowed = query.ip !== undefined || query.createdBefore !== undefined || query.where !== undefined;
  const isOrdered = reverse || (isNarrowed && limit !== undefined);
  const sort = query.sort ?? (isOrdered || (limit !== undefined && !hasIndex) ? sortKey(defaultSort) : undefined);
  const compare = sort && comparison(sort, reverse);
  const byRecency = !reverse && (sort === undefined || sort.name === defaultSort);
  if (users !== undefined) {
    const sessions = [];
    for await (const some of candidates(directory, query)) sessions.push(...some.filter(matches));
    if (sessions.length > (limit ?? Infinity)) onCut(sessions.length);
    // One user's come most recent first by themselves.
    const order = compare ?? (users.length > 1 ? comparison(sortKey(defaultSort), reverse) : undefined);
    yield (order ? sessions.toSorted(order) : sessions).slice(0, limit);
    return;
  }
  if (limit !== undefined && byRecency && !isNarrowed && hasIndex) {
    // One more tells whether there are more.
    const sessions = (await directory.recent(limit + 1)).filter(matches);
    if (sessions.length > limit) onCut(activeMs === undefined ? (await directory.count()).sessions : undefined);
    yield sessions.slice(0, limit);
    return;
  }
  const active =
    activeMs === undefined || !byRecency || !hasIndex ? undefined : await recentSince(directory, now - activeMs);
  if (active !== undefined) {
    const sessions = active.filter(matches);
    if (sessions.length > (limit ?? Infinity)) onCut(sessions.length);
    yield sessions.slice(0, limit);
    return;
  }
  if (compare === undefined) {
    for await (const sessions of candidates(directory, {}, onRead)) yield sessions.filter(matches);
    return;
  }
  const { kept, total } = await first(candidates(directory, {}, onRead), matches, compare, limit);
  if (total > kept.length) onCut(total);
  yield kept;
}

/** At least every session seen since an instant, most recent first; `undefined` when they are too many to be read at once. */
async function recentSince(
  directory: SessionDirectory,
  since: number,
): Promise<readonly DirectorySession[] | undefined> {
  for (const count of recentSteps) {
    const sessions = await directory.recent(count);
    // One that cannot be decoded tells no time.
    const oldest = sessions.findLast(({ lastSeenAt }) => lastSeenAt !== undefined)?.lastSeenAt ?? Infinity;
    if (sessions.length < count || oldest < since - coarseMs) return sessions;
  }
  return undefined;
}

/** The first `limit` of all in an order, and how many there are, with never more than twice as many in memory. */
async function first(
  batches: AsyncIterable<readonly DirectorySession[]>,
  matches: (session: DirectorySession) => boolean,
  compare: (a: DirectorySession, b: DirectorySession) => number,
  limit = Infinity,
): Promise<{ readonly kept: readonly DirectorySession[]; readonly total: number }> {
  let kept: DirectorySession[] = [];
  let total = 0;
  for await (const sessions of batches) {
    const matching = sessions.filter(matches);
    total += matching.length;
    kept.push(...matching);
    if (kept.length > 2 * limit) {
      kept = kept.toSorted(compare).slice(0, limit);
    }
  }
  return { kept: kept.toSorted(compare).slice(0, limit), total };
}
