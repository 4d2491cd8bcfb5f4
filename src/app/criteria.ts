import type { DirectorySession, SessionDirectory } from "../core/ports.js";

/** What sessions may be chosen by; all that is given must hold. A session that does not tell what is asked is not chosen. */
export interface Criteria {
  readonly user?: string;
  /** The users of whom one is every match's, as far as `where` says so: for the index. */
  readonly users?: readonly string[];
  /** Whether the address seen last is one of those meant. */
  readonly ip?: (ip: string) => boolean;
  /** Created before this instant, ms since 1970. */
  readonly createdBefore?: number;
  /** With a request in the last so many ms. */
  readonly activeMs?: number;
  /** What a filter says of a session at a time (ms). */
  readonly where?: (session: DirectorySession, now: number) => boolean;
  /** How many sessions were too large for `where` so far; they are not chosen. */
  readonly tooLarge?: () => number;
}

/** Called with how many more sessions were read. */
export type OnRead = (sessions: number) => void;

/** Whether a session that `candidates` gave is one of those meant, at `now` (ms). */
export function matcher(
  { ip, createdBefore, activeMs, where }: Criteria,
  now: number,
): (session: DirectorySession) => boolean {
  return (session) => {
    const address = session.sightings.at(-1)?.ip;
    return (
      (ip === undefined || (address !== undefined && ip(address))) &&
      (createdBefore === undefined || (session.createdAt !== undefined && session.createdAt < createdBefore)) &&
      (activeMs === undefined || (session.lastSeenAt !== undefined && session.lastSeenAt >= now - activeMs)) &&
      (where?.(session, now) ?? true)
    );
  };
}

/** The users whose sessions may be meant; `undefined` when they may be anybody's. */
export function usersOf({ user, users }: Criteria): readonly string[] | undefined {
  return user === undefined ? users : [user];
}

/** What may be meant, in batches: what the directory has under the users, records that cannot be decoded among it; else every session. */
export async function* candidates(
  directory: SessionDirectory,
  criteria: Criteria,
  onRead: OnRead = () => undefined,
): AsyncGenerator<readonly DirectorySession[]> {
  const users = usersOf(criteria);
  if (users !== undefined) {
    for (const user of users) yield await directory.byUser(user);
    return;
  }
  for await (const sessions of directory.walk()) {
    onRead(sessions.length);
    yield sessions;
  }
}
