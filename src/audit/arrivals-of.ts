import type { Arrivals } from "./arrivals.js";
import type { Facts } from "./facts.js";
import { FirstVisits } from "./first-visits.js";
import { hashOf } from "./hash.js";
import type { RuleRun } from "./rule.js";
import type { UserSession } from "./user-sessions.js";

/** Fills arrivals: sessions of users with whether each began in a network that was familiar, those without one as they come; none whose address is vouched for. */
export function arrivalsOf(arrivals: Arrivals, facts: Facts): Pick<RuleRun, "see" | "seeUser"> {
  let users = 0;
  return {
    see({ session: { user, id, createdAt }, known: [first] }) {
      const ip = first?.sighting.ip;
      if (user !== undefined || ip === undefined || createdAt === undefined || facts.isTrusted(ip)) return;
      const agent = first?.sighting.userAgent === undefined ? 0 : Math.max(1, hashOf(first.sighting.userAgent));
      arrivals.add(ip, hashOf(ip), { id, createdAt, user: 0, agent, client: 0, isFamiliar: false });
    },
    seeUser({ sessions }) {
      const number = ++users;
      const all = sessions();
      const wasThere = all.length > 1 ? familiarity(all) : () => false;
      for (const session of all) {
        const { id, createdAt, ip, ipHash, agent, client } = session;
        if (ip === undefined || createdAt === undefined || facts.isTrusted(ip)) continue;
        const isFamiliar = wasThere(session);
        arrivals.add(ip, ipHash, { id, createdAt, user: number, agent, client: (client ?? -1) + 1, isFamiliar });
      }
    },
  };
}

/** Tells whether another of a user's sessions was in the network in which one began, well before that. */
export function familiarity(all: readonly UserSession[]): (session: UserSession) => boolean {
  const networks = new FirstVisits<number | undefined, UserSession>();
  const asns = new FirstVisits<number | undefined, UserSession>();
  for (const session of all) {
    for (const { at, network, asn } of session.visits) {
      if (network !== undefined) networks.add(network, at, session);
      if (asn !== undefined) asns.add(asn, at, session);
    }
  }
  return (session) => {
    const [first] = session.visits;
    if (first === undefined) return false;
    const before = (session.createdAt ?? 0) - 3_600_000;
    return networks.byOthers(first.network, session) < before || asns.byOthers(first.asn, session) < before;
  };
}
