import { abroad, agents, home, hour, idOf, minute, now, office, session, throughVpn } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, safariPhone, firefoxLinux } = agents;
const of = (n: number, ip: string, userAgent: string, idle = minute) => {
  const createdAt = now - (5 - n) * hour;
  return session({ id: idOf(n), createdAt, lastSeenAt: now - idle, sightings: [{ at: createdAt, ip, userAgent }] });
};
const atHome = [of(0, home, chromeWindows), of(1, home, safariPhone, 3 * hour)];

export const concurrentDistantCases: RuleCases = {
  rule: "concurrent-distant",
  fires: [
    {
      when: "somebody with a browser that the user has not is active in another country",
      sessions: [...atHome, of(2, abroad, firefoxLinux, 10 * minute)],
      severity: "high",
      finding: {
        user: "alice",
        evidence: { here: { country: "NO" }, there: { country: "BR", session: idOf(2) }, withinMs: 9 * minute },
      },
    },
    {
      when: "it is a kind of client that the user has",
      sessions: [...atHome, of(2, abroad, safariPhone)],
      severity: "low",
    },
    {
      when: "too little is known of the user",
      sessions: [...atHome.slice(0, 1), of(2, abroad, firefoxLinux)],
      severity: "low",
    },
  ],
  quiet: [
    { when: "the other session was active hours ago", sessions: [...atHome, of(2, abroad, firefoxLinux, 2 * hour)] },
    { when: "both are in one country", sessions: [...atHome, of(2, office, firefoxLinux)] },
    { when: "the other goes through a VPN", sessions: [...atHome, of(2, throughVpn, firefoxLinux)] },
  ],
};
