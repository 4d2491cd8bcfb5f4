import { abroad, agents, home, hour, idOf, now, session } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, firefoxLinux } = agents;
const of = (user: string, n: number, ip: string, userAgent: string, more: object = {}) => {
  const createdAt = now - 9 * hour + n;
  return session({ id: idOf(n), user, createdAt, sightings: [{ at: createdAt, ip, userAgent }], ...more });
};
/** Many users who each have three sessions at home. */
const crowd = Array.from({ length: 200 }, (_, n) =>
  [0, 1, 2].map((m) => of(`user ${n}`, 10 + n * 3 + m, `10.${n % 200}.0.${n % 250}`, chromeWindows)),
).flat();
const atHome = [1, 2, 3].map((n) => of("alice", n, home, chromeWindows));
const strange = (more: object = {}) => of("alice", 4, abroad, firefoxLinux, { lastSeenAt: now - 5 * hour, ...more });

export const rareProfileCases: RuleCases = {
  rule: "rare-profile",
  fires: [
    {
      when: "a session that never expires is unlike the user's others",
      sessions: [...crowd, ...atHome, strange({ idleEndsAt: Infinity, endsAt: Infinity })],
      severity: "info",
      finding: { sessions: [idOf(4)], user: "alice", ip: abroad },
    },
    {
      when: "it has an unusual user agent",
      sessions: [...crowd, ...atHome, of("alice", 4, abroad, `${firefoxLinux}\u0007`)],
      severity: "info",
    },
  ],
  quiet: [
    { when: "no other rule reports it", sessions: [...crowd, ...atHome, strange()] },
    {
      when: "it is like the user's others",
      sessions: [...crowd, ...atHome, of("alice", 4, home, chromeWindows, { idleEndsAt: Infinity, endsAt: Infinity })],
    },
    {
      when: "the user has too few sessions",
      sessions: [...crowd, strange({ idleEndsAt: Infinity, endsAt: Infinity })],
    },
  ],
};
