import { home, hour, now, session } from "../population.js";
import type { RuleCases } from "./cases.js";

export const immortalCases: RuleCases = {
  rule: "immortal",
  fires: [
    {
      when: "neither a TTL nor a deadline is set",
      sessions: [session({ idleEndsAt: Infinity, endsAt: Infinity })],
      severity: "high",
      finding: { ip: home, evidence: { createdAt: now - 8 * hour, ageMs: 8 * hour } },
    },
    {
      when: "there is no TTL and the layout has no deadlines",
      sessions: [session({ idleEndsAt: Infinity, endsAt: undefined })],
      severity: "high",
    },
    {
      when: "it is not known when it was created",
      sessions: [session({ idleEndsAt: Infinity, endsAt: Infinity, createdAt: undefined, sightings: [] })],
      severity: "high",
      finding: { ip: null, evidence: { createdAt: null, ageMs: null } },
    },
  ],
  quiet: [
    { when: "it has both", sessions: [session()] },
    { when: "it has a TTL", sessions: [session({ endsAt: Infinity })] },
    { when: "it has a deadline", sessions: [session({ idleEndsAt: Infinity })] },
    { when: "the TTL is not known", sessions: [session(), session({ idleEndsAt: undefined, endsAt: Infinity })] },
    {
      when: "the record cannot be decoded",
      sessions: [session({ corrupt: "no JSON", idleEndsAt: Infinity, endsAt: undefined })],
    },
  ],
};
