import { abroad, agents, home, hour, idOf, now, session, throughRelay } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, safariPhone, firefoxLinux, safariMac, chromeAndroid, curl } = agents;
const all = [chromeWindows, safariPhone, firefoxLinux, safariMac, chromeAndroid];
const begun = (
  count: number,
  given: {
    readonly user?: string | undefined;
    readonly ip?: string;
    readonly agents?: readonly string[];
    readonly each?: number;
  },
) =>
  Array.from({ length: count }, (_, n) => {
    const createdAt = now - hour + n * (given.each ?? 5000);
    const userAgents = given.agents ?? [curl];
    const sightings = [{ at: createdAt, ip: given.ip ?? home, userAgent: userAgents[n % userAgents.length] }];
    return session({ id: idOf(n), user: "user" in given ? given.user : `user ${n}`, createdAt, sightings });
  });

export const creationBurstCases: RuleCases = {
  rule: "creation-burst",
  fires: [
    {
      when: "a user begins ten sessions within a minute",
      sessions: begun(10, { user: "alice" }),
      severity: "medium",
      finding: { user: "alice", evidence: { of: "user", sessions: 10, users: 1, withinMs: 45_000 } },
    },
    {
      when: "a crawler begins one with every page",
      sessions: begun(12, { user: undefined, ip: abroad }),
      severity: "medium",
      finding: { user: null, ip: abroad, evidence: { of: "address", sessions: 12 } },
    },
    {
      when: "one browser begins sessions of many users from one address",
      sessions: begun(12, { ip: abroad, agents: [chromeWindows] }),
      severity: "medium",
    },
  ],
  quiet: [
    { when: "a user begins nine", sessions: begun(9, { user: "alice" }) },
    { when: "they come slowly", sessions: begun(20, { user: "alice", each: 20_000 }) },
    { when: "an office comes to work", sessions: begun(20, { agents: all }) },
    { when: "it is a relay", sessions: begun(20, { ip: throughRelay, agents: [chromeWindows] }) },
  ],
};
