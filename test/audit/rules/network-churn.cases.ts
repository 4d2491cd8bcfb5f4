import { agents, hour, idOf, minute, now, seenWith, session } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows: userAgent } = agents;
/** Addresses in so many networks; those whose numbers are 26 apart are in one country. */
const places = (count: number, apart = 1) => Array.from({ length: count }, (_, n) => `10.${1 + n * apart}.0.1`);

export const networkChurnCases: RuleCases = {
  rule: "network-churn",
  fires: [
    {
      when: "a session comes from four networks in four countries",
      sessions: [seenWith(...places(4).map((ip) => ({ ip, userAgent })))],
      severity: "medium",
      finding: {
        sessions: [idOf(0)],
        evidence: { of: "session", countries: ["XB", "XC", "XD", "XE"], withinMs: 3 * hour },
      },
    },
    {
      when: "a session comes from four networks in one country",
      sessions: [seenWith(...places(4, 26).map((ip) => ({ ip, userAgent })))],
      severity: "low",
    },
    {
      when: "a user's sessions come from eight networks",
      sessions: places(8).map((ip, n) =>
        session({ id: idOf(n), createdAt: now - n * hour, sightings: [{ at: now - n * hour, ip, userAgent }] }),
      ),
      severity: "medium",
      finding: { user: "alice", evidence: { of: "user" } },
    },
  ],
  quiet: [
    { when: "a session comes from three", sessions: [seenWith(...places(3).map((ip) => ({ ip, userAgent })))] },
    {
      when: "four come within more than a day",
      sessions: [seenWith(...places(4).map((ip, n) => ({ ip, userAgent, after: n * 9 * hour })))],
    },
    {
      when: "the addresses are of one network",
      sessions: [seenWith(...[1, 2, 3, 4].map((n) => ({ ip: `10.7.${n}.1`, userAgent, after: n * minute })))],
    },
  ],
};
