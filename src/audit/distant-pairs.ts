import type { SessionId } from "../core/token.js";
import { FirstVisits } from "./first-visits.js";
import { Tally } from "./tally.js";
import type { UserSession, Visit } from "./user-sessions.js";

/** A session where it was last active. */
export interface Active {
  readonly session: UserSession;
  readonly at: number;
  readonly visit: Visit & { readonly asn: number; readonly country: string };
}

/** Two sessions active at once far apart; `there` is the one created later. */
interface Pair {
  readonly here: Active;
  readonly there: Active;
}

/**
 * The first two of a list in order of time that were active within `windowMs` in different countries and networks, and of
 * which the one created later is wanted.
 *
 * Counts tell at once whether a session has a partner at all, so without `isWanted` one window is looked through; with it
 * one for each wanted session, and for each other the wanted ones of its window.
 */
export function firstPair(
  active: readonly Active[],
  windowMs: number,
  isWanted: (there: Active) => boolean = () => true,
): Pair | undefined {
  const wanted = active.flatMap((one, n) => (isWanted(one) ? [n] : []));
  if (wanted.length === 0) return undefined;
  const isAmongWanted = new Set(wanted);
  const ahead = new Ahead();
  let end = 0;
  let firstWanted = 0;
  for (const [n, one] of active.entries()) {
    for (let next = active[end]; next !== undefined && next.at - one.at <= windowMs; next = active[++end])
      ahead.add(next);
    ahead.remove(one);
    while ((wanted[firstWanted] ?? Infinity) <= n) firstWanted++;
    if (!ahead.hasPartnerOf(one)) continue;
    const isOwn = isAmongWanted.has(n);
    for (let k = isOwn ? n + 1 : firstWanted; ; k++) {
      const m = isOwn ? k : wanted[k];
      const other = m === undefined || m >= end ? undefined : active[m];
      if (m === undefined || other === undefined) break;
      if (one.visit.country === other.visit.country || one.visit.asn === other.visit.asn) continue;
      const isLater = (one.session.createdAt ?? 0) <= (other.session.createdAt ?? 0);
      if (isAmongWanted.has(isLater ? m : n))
        return isLater ? { here: one, there: other } : { here: other, there: one };
    }
  }
  return undefined;
}

/** The sessions active soon after another, counted by where they are. */
class Ahead {
  #size = 0;
  readonly #countries = new Tally<string>();
  readonly #asns = new Tally<number>();
  readonly #both = new Tally<string>();

  add({ visit: { country, asn } }: Active): void {
    this.#size++;
    this.#countries.add(country);
    this.#asns.add(asn);
    this.#both.add(`${asn} ${country}`);
  }

  remove({ visit: { country, asn } }: Active): void {
    this.#size--;
    this.#countries.remove(country);
    this.#asns.remove(asn);
    this.#both.remove(`${asn} ${country}`);
  }

  hasPartnerOf({ visit: { country, asn } }: Active): boolean {
    return this.#size > this.#countries.of(country) + this.#asns.of(asn) - this.#both.of(`${asn} ${country}`);
  }
}

/**
 * Tells whether one of these sessions was begun where it is, in a country and with a client that none of the others have.
 * There are no more such sessions than countries.
 */
export function strangeness(all: readonly UserSession[]): (active: Active) => boolean {
  const clients = new FirstVisits<number | undefined, SessionId>();
  const countries = new FirstVisits<string | undefined, SessionId>();
  for (const { id, visits } of all) {
    for (const { client, country } of visits) {
      clients.add(client, 0, id);
      countries.add(country, 0, id);
    }
  }
  return ({ session: { id, visits }, visit }) => {
    const [first] = visits;
    if (first === undefined || first.country !== visit.country) return false;
    return clients.byOthers(first.client, id) === Infinity && countries.byOthers(first.country, id) === Infinity;
  };
}
