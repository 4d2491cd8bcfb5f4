import { hour, now, session } from "../population.js";
import type { RuleCases } from "./cases.js";

export const fixationCases: RuleCases = {
  rule: "fixation",
  fires: [
    {
      when: "a login kept the token",
      sessions: [session({ createdAt: now - 2 * hour, rotatedAt: now - 2 * hour, authenticatedAt: now - hour })],
      severity: "high",
      finding: { firstSeenAt: now - hour, evidence: { authenticatedAt: now - hour, rotatedAt: now - 2 * hour } },
    },
    {
      when: "a second login raised the level and kept it",
      sessions: [session({ rotatedAt: now - 2 * hour, authenticatedAt: now - hour, level: "aal2" })],
      severity: "high",
      finding: { evidence: { level: "aal2" } },
    },
  ],
  quiet: [
    {
      when: "the login brought a new token",
      sessions: [session({ rotatedAt: now - hour, authenticatedAt: now - hour })],
    },
    {
      when: "the token was changed later",
      sessions: [session({ rotatedAt: now - hour, authenticatedAt: now - 2 * hour })],
    },
    { when: "nobody has logged in", sessions: [session({ user: undefined, authenticatedAt: undefined })] },
  ],
};
