import { agents, home, idOf, now, seenWith, session } from "../population.js";
import type { RuleCases } from "./cases.js";

const { curl, chromeWindows } = agents;
const by = (n: number, userAgent: string) =>
  session({ id: idOf(n), createdAt: now - 1000 * n, sightings: [{ at: now - 1000 * n, ip: home, userAgent }] });

export const automationClientCases: RuleCases = {
  rule: "automation-client",
  fires: [
    {
      when: "a tool logs in",
      sessions: [seenWith({ ip: home, userAgent: curl })],
      severity: "medium",
      finding: { ip: home, evidence: { client: { client: "curl 8" } } },
    },
    {
      when: "a tool and a browser do",
      sessions: [by(1, curl), by(2, chromeWindows), by(3, chromeWindows)],
      severity: "medium",
    },
  ],
  quiet: [
    { when: "a browser logs in", sessions: [seenWith({ ip: home, userAgent: chromeWindows })] },
    {
      when: "an app logs in",
      sessions: [seenWith({ ip: home, userAgent: "Shop/3.4 (iPhone; iOS 18.1) CFNetwork/1410" })],
    },
    {
      when: "a crawler comes without logging in",
      sessions: [{ ...seenWith({ ip: home, userAgent: curl }), user: undefined }],
    },
  ],
};
