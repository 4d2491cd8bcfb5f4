import { type Arrivals, hashOf } from "./arrivals.js";
import type { Facts } from "./facts.js";
import type { UserSession, UserSessions } from "./user-sessions.js";

/** Takes a user's sessions in as arrivals, unless their address is vouched for; with whether each began in a network that was familiar. */
export function addArrivals(arrivals: Arrivals, facts: Facts): (user: UserSessions) => void {
  return ({ user, sessions }) => {
    const number = Math.max(1, hashOf(user));
    const all = sessions();
    for (const session of all) {
      const { id, createdAt, ip, agent, client } = session;
      if (ip === undefined || createdAt === undefined || facts.isTrusted(ip)) continue;
      const isFamiliar = all.length > 1 && all.some((other) => other !== session && wasThereBefore(other, session));
      arrivals.add(ip, { id, createdAt, user: number, agent, client: (client ?? -1) + 1, isFamiliar });
    }
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
