import type { SessionId } from "../core/token.js";
import type { UserSessions, Visit } from "./user-sessions.js";

/** Whether another session of the user was somewhere before an instant. */
export function hasBeenElsewhereIn(
  user: UserSessions,
  id: SessionId,
  before: number,
  isThere: (visit: Visit) => boolean,
): boolean {
  return user
    .sessions()
    .some((session) => session.id !== id && session.visits.some((visit) => visit.at < before && isThere(visit)));
}
