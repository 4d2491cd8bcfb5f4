import type { Arrivals } from "./arrivals.js";
import type { Facts } from "./facts.js";
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
      for (const session of all) {
        const { id, createdAt, ip, ipHash, agent, client } = session;
        if (ip === undefined || createdAt === undefined || facts.isTrusted(ip)) continue;
        const isFamiliar = all.length > 1 && all.some((other) => other !== session && wasThereBefore(other, session));
        arrivals.add(ip, ipHash, { id, createdAt, user: number, agent, client: (client ?? -1) + 1, isFamiliar });
      }
    },
  };
}

/** Whether an earlier session was in the network in which another began, well before that. */
function wasThereBefore({ visits }: UserSession, { visits: [first], createdAt = 0 }: UserSession): boolean {
  if (first === undefined) return false;
  return visits.some(
    ({ at, network, asn }) =>
      at < createdAt - 3_600_000 &&
      ((network !== undefined && network === first.network) || (asn !== undefined && asn === first.asn)),
  );
}
