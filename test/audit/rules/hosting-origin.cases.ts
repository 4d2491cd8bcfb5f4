import { agents, home, hosted, seenWith } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows: userAgent } = agents;

export const hostingOriginCases: RuleCases = {
  rule: "hosting-origin",
  fires: [
    {
      when: "a session begins in a hosting network",
      sessions: [seenWith({ ip: hosted, userAgent })],
      severity: "low",
      finding: { ip: hosted, evidence: { client: { asn: 24_940, kind: "hosting" }, isListed: false } },
    },
    {
      when: "it moves on from there",
      sessions: [seenWith({ ip: hosted, userAgent }, { ip: home, userAgent })],
      severity: "low",
    },
    {
      when: "a session begins at an address on the operator's list",
      sessions: [seenWith({ ip: home, userAgent })],
      watched: (ip) => ip === home,
      severity: "low",
      finding: { ip: home, evidence: { isListed: true } },
    },
  ],
  quiet: [
    { when: "it begins at home", sessions: [seenWith({ ip: home, userAgent })] },
    { when: "nobody has logged in", sessions: [{ ...seenWith({ ip: hosted, userAgent }), user: undefined }] },
  ],
};
