import { hour, idOf, minute, now, session } from "../population.js";
import type { RuleCases } from "./cases.js";

const data = { cart: ["book"] };

export const inconsistentCases: RuleCases = {
  rule: "inconsistent",
  fires: [
    {
      when: "the record cannot be decoded",
      sessions: [
        session({
          corrupt: "not JSON",
          user: undefined,
          createdAt: undefined,
          lastSeenAt: undefined,
          endsAt: undefined,
          sightings: [],
          data: undefined,
        }),
      ],
      severity: "low",
      finding: { user: null, ip: null, evidence: { problems: ["corrupt"], corrupt: "not JSON" }, firstSeenAt: null },
    },
    {
      when: "an application encrypts them all: one finding, that asks for nothing",
      sessions: [1, 2, 3].map((n) => session({ id: idOf(n), corrupt: "encrypted", user: undefined })),
      severity: "info",
      finding: {
        sessions: [1, 2, 3].map(idOf).toSorted(),
        evidence: { problems: ["encrypted"], corrupt: "encrypted", count: 3 },
      },
    },
    {
      when: "it was created in the future",
      sessions: [session({ createdAt: now + 6 * minute, lastSeenAt: now + 6 * minute })],
      severity: "low",
      finding: { evidence: { problems: ["created-in-future", "seen-in-future"], corrupt: null } },
    },
    {
      when: "it was last seen before it was created",
      sessions: [session({ createdAt: now - hour, lastSeenAt: now - 2 * hour })],
      severity: "low",
      finding: { evidence: { problems: ["seen-before-created"] } },
    },
    {
      when: "two ids have the same content",
      sessions: [
        session({ id: idOf(1), bytes: 300, data }),
        session({ id: idOf(2), bytes: 300, data, lastSeenAt: now - hour }),
      ],
      severity: "high",
      finding: { sessions: [idOf(1), idOf(2)].toSorted(), evidence: { problems: ["cloned"] } },
    },
    {
      when: "it is kept for years beyond its deadline",
      sessions: [session({ idleEndsAt: now + 2000 * 24 * hour })],
      severity: "low",
      finding: { evidence: { problems: ["kept-beyond-deadline"] } },
    },
  ],
  quiet: [
    { when: "a program began two at once", sessions: [session({ id: idOf(1) }), session({ id: idOf(2) })] },
    {
      when: "two sessions began in the same millisecond and hold something else",
      sessions: [session({ id: idOf(1), bytes: 300, data }), session({ id: idOf(2), bytes: 301, data })],
    },
    { when: "its times are in order", sessions: [session()] },
    { when: "clocks are a little apart", sessions: [session({ createdAt: now + minute, lastSeenAt: now - minute })] },
    { when: "its times are not known", sessions: [session({ createdAt: undefined, lastSeenAt: undefined })] },
    {
      when: "the last activity is only worked out from the TTL, which may have been shortened",
      sessions: [session({ createdAt: now - hour, lastSeenAt: now - 2 * hour })],
      capabilities: { lastSeen: "ttl" },
    },
  ],
};
