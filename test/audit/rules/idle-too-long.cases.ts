import { hour, now, session } from "../population.js";
import type { RuleCases } from "./cases.js";

const day = 24 * hour;

export const idleTooLongCases: RuleCases = {
  rule: "idle-too-long",
  fires: [
    {
      when: "nobody has used it for eight days",
      sessions: [session({ createdAt: now - 9 * day, authenticatedAt: now - 9 * day, lastSeenAt: now - 8 * day })],
      severity: "low",
      finding: { evidence: { idleMs: 8 * day, limitMs: 7 * day } },
    },
    {
      when: "nobody has used it for two months",
      sessions: [session({ createdAt: now - 61 * day, lastSeenAt: now - 60 * day })],
      severity: "medium",
    },
    {
      when: "the policy allows less",
      sessions: [session({ lastSeenAt: now - 2 * hour })],
      thresholds: { "idle-too-long": { idleMs: hour } },
      severity: "low",
    },
  ],
  quiet: [
    { when: "it was used a moment ago", sessions: [session()] },
    {
      when: "its last request is not known",
      sessions: [session({ createdAt: now - 60 * day, lastSeenAt: undefined })],
    },
  ],
};
