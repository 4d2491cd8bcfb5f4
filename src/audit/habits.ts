import type { SessionId } from "../core/token.js";
import { FirstVisits } from "./first-visits.js";
import type { UserSessions } from "./user-sessions.js";

/** A country, a network (ASN), or one in the other. */
interface Place {
  readonly country?: string;
  readonly asn?: number | undefined;
}

/** Where a user has been and with which clients. */
interface Habits {
  /** When another session than `id` was first at a place; `Infinity` for never. */
  readonly firstVisit: (place: Place, id: SessionId) => number;
  /** How many different clients began sessions. */
  readonly clients: number;
}

const learned = new WeakMap<UserSessions, Habits>();

/** The habits of a user, worked out once: each of the user's findings may ask. */
export function habitsOf(user: UserSessions): Habits {
  let habits = learned.get(user);
  if (habits === undefined) learned.set(user, (habits = learn(user)));
  return habits;
}

function learn(user: UserSessions): Habits {
  const visits = new FirstVisits<string, SessionId>();
  const clients = new Set<number | undefined>();
  for (const { id, client, visits: own } of user.sessions()) {
    clients.add(client);
    for (const { at, country = "", asn } of own) {
      for (const place of [{ country }, { asn }, { country, asn }]) visits.add(nameOf(place), at, id);
    }
  }
  return { clients: clients.size, firstVisit: (place, id) => visits.byOthers(nameOf(place), id) };
}

function nameOf(place: Place): string {
  return `${"asn" in place ? (place.asn ?? "none") : "any"} ${place.country ?? "any"}`;
}
