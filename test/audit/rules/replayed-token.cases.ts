import { abroad, agents, event, hour, idOf, now, home } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, curl } = agents;
const dead = idOf(7);
const owner = { ip: home, userAgent: chromeWindows };
const stranger = { ip: abroad, userAgent: curl };
const ended = event({ type: "destroyed", id: dead, at: now - hour });

export const replayedTokenCases: RuleCases = {
  rule: "replayed-token",
  fires: [
    {
      when: "a token comes back an hour after logout, from elsewhere",
      sessions: [],
      events: [ended, event({ type: "replayed", id: dead, at: now, reason: "logout", ...stranger })],
      severity: "high",
      finding: {
        sessions: [dead],
        user: "alice",
        ip: abroad,
        evidence: { reason: "logout", afterMs: hour, times: 1, sameClient: null },
      },
    },
    {
      when: "the old token of a rotation comes back late",
      sessions: [],
      events: [
        event({ type: "rotated", at: now - hour, previousId: dead, ...owner }),
        event({ type: "replayed", id: dead, at: now, reason: "rotated", ...stranger }),
      ],
      severity: "high",
      finding: { evidence: { sameClient: false } },
    },
    {
      when: "it comes within seconds of the rotation, as a parallel request does",
      sessions: [],
      events: [
        event({ type: "rotated", at: now - 20_000, previousId: dead }),
        event({ type: "replayed", id: dead, at: now, reason: "rotated" }),
      ],
      severity: "low",
      finding: { evidence: { afterMs: 20_000 } },
    },
    {
      when: "whoever planted the token comes back after the login, at once",
      sessions: [],
      events: [
        event({ type: "created", id: dead, user: undefined, at: now - 3 * hour, ...stranger }),
        event({ type: "rotated", at: now - 10_000, previousId: dead, ...owner }),
        event({ type: "replayed", id: dead, at: now, reason: "rotated", ...stranger }),
      ],
      severity: "high",
      finding: { evidence: { sameClient: false } },
    },
    {
      when: "the browser of a revoked session comes back",
      sessions: [],
      events: [
        event({ type: "created", id: dead, at: now - 3 * hour, ...owner }),
        event({ type: "revoked", id: dead, at: now - hour }),
        event({ type: "replayed", id: dead, at: now, reason: "revoked", ...owner }),
      ],
      severity: "low",
      finding: { evidence: { sameClient: true } },
    },
    {
      when: "first its browser and then a stranger comes back",
      sessions: [],
      events: [
        event({ type: "created", id: dead, at: now - 3 * hour, ...owner }),
        ended,
        event({ type: "replayed", id: dead, at: now - hour + 10, ...owner }),
        event({ type: "replayed", id: dead, at: now, ...stranger }),
      ],
      severity: "high",
      finding: { ip: abroad, evidence: { times: 2 } },
    },
  ],
  quiet: [
    { when: "a session just ends", sessions: [], events: [ended] },
    { when: "nothing happened", sessions: [] },
    {
      when: "the layout keeps no events",
      sessions: [],
      events: [event({ type: "replayed", id: dead, at: now })],
      capabilities: { events: false },
    },
  ],
};
