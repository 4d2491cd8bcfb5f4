import type { SessionId } from "../core/token.js";
import { networkKind } from "../clients/networks/kinds.js";
import { isSameNetwork } from "./facts.js";
import type { SeenSession } from "./seen-session.js";
import type { Switch } from "./switches.js";
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

/** Whether another session of the user was begun in a hosting network or a VPN: somebody who hides as a habit. */
export function isUsedToHide(user: UserSessions, id: SessionId): boolean {
  return user.sessions().some(({ id: other, visits: [first] }) => {
    const kind = networkKind(first?.asn);
    return other !== id && (kind === "hosting" || kind === "vpn");
  });
}

/** Two that hold one token come between each other's requests; a VPN is turned on and off for longer than this, ms. */
const stayMs = 10 * 60_000;

/**
 * Whether something speaks for a second holder of a session that came to a network: the client differs to the letter, the
 * store turned it away, or both places were in use within minutes of each other, as of a VPN and without it they are not.
 */
export function hasSecondHolder(seen: SeenSession, { before, after }: Switch): boolean {
  if (before.sighting.userAgent !== after.sighting.userAgent || seen.isRefused(after.sighting)) return true;
  const where = after.where;
  const placed = seen.known.filter((one) => one.where !== undefined);
  return placed.some((one, n) => {
    const next = placed[n + 1];
    if (where === undefined || one.where === undefined || next?.where === undefined) return false;
    // Going there may be the VPN; coming back at once is somebody else.
    if (!isSameNetwork(one.where, where) || isSameNetwork(next.where, where)) return false;
    return next.sighting.at - one.sighting.at < stayMs;
  });
}

/**
 * Whether a session went to a network and came back as a VPN that is turned on and off does: the same user agent to the
 * letter, and never two places within minutes of each other.
 */
export function isThereAndBack({ known }: SeenSession, { after }: Switch): boolean {
  const from = known.indexOf(after);
  const where = after.where;
  if (from < 1 || where === undefined) return false;
  const placed = known.slice(from - 1).filter((one) => one.where !== undefined);
  const isBack = placed.slice(2).some((one) => one.where !== undefined && !isSameNetwork(one.where, where));
  const isOne = placed.every(({ sighting }) => sighting.userAgent === after.sighting.userAgent);
  const stays = placed.slice(2).map(({ sighting }, n) => sighting.at - (placed[n + 1]?.sighting.at ?? 0));
  return isBack && isOne && stays.every((ms) => ms >= stayMs);
}
