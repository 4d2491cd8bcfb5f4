import type { SessionId } from "../core/token.js";
import type { UserSessions, Visit } from "./user-sessions.js";

/**
 * Whether another session of the user was somewhere before an instant, and enough of the user's sessions are known to
 * say what they do: with fewer than `learning` nothing is usual yet.
 */
export function hasBeenElsewhereIn(
  user: UserSessions,
  learning: number,
  id: SessionId,
  before: number,
  isThere: (visit: Visit) => boolean,
): boolean {
  if (user.count < learning) return false;
  return user
    .sessions()
    .some((session) => session.id !== id && session.visits.some((visit) => visit.at < before && isThere(visit)));
}
