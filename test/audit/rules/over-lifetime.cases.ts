import { hour, now, session } from "../population.js";
import type { RuleCases } from "./cases.js";

const day = 24 * hour;

export const overLifetimeCases: RuleCases = {
  rule: "over-lifetime",
  fires: [
    {
      when: "a session is older than a month",
      sessions: [session({ createdAt: now - 31 * day, authenticatedAt: undefined })],
      severity: "medium",
      finding: { evidence: { ageMs: 31 * day, limitMs: 30 * day } },
    },
    {
      when: "the policy allows less",
      sessions: [session({ createdAt: now - 13 * hour, authenticatedAt: now - 13 * hour })],
      thresholds: { "over-lifetime": { absoluteMs: 12 * hour } },
      severity: "medium",
    },
  ],
  quiet: [
    { when: "it is younger", sessions: [session()] },
    {
      when: "its user was authenticated again",
      sessions: [session({ createdAt: now - 40 * day, authenticatedAt: now - day })],
    },
  ],
};
