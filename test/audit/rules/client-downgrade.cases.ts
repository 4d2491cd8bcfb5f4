import { agents, home, homeOverIpv6, homeToo, office, seenWith } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, chromeWindowsNext, chromeLinux, chromeLinuxOlder, firefoxLinux } = agents;

export const clientDowngradeCases: RuleCases = {
  rule: "client-downgrade",
  fires: [
    {
      when: "the browser is older than before",
      sessions: [seenWith({ ip: home, userAgent: chromeWindowsNext }, { ip: homeToo, userAgent: chromeWindows })],
      severity: "low",
      finding: { evidence: { from: "156.0.0.0", to: "154.0.0.0", before: { client: "Chrome 156 Windows" } } },
    },
    {
      when: "it is older in a new network",
      sessions: [seenWith({ ip: home, userAgent: chromeLinux }, { ip: office, userAgent: chromeLinuxOlder })],
      severity: "medium",
    },
    {
      when: "it is an older release of the same version at another address of the provider",
      sessions: [
        seenWith(
          { ip: home, userAgent: agents.safariMac },
          { ip: homeOverIpv6, userAgent: agents.safariMac.replace("18.5", "18.2") },
        ),
      ],
      severity: "medium",
      finding: { evidence: { from: "18.5", to: "18.2" } },
    },
    {
      when: "it was newer two clients ago",
      sessions: [
        seenWith(
          { ip: home, userAgent: chromeWindowsNext },
          { ip: home, userAgent: firefoxLinux },
          { ip: home, userAgent: chromeWindows },
        ),
      ],
      severity: "low",
    },
  ],
  quiet: [
    {
      when: "the browser is updated",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows }, { ip: home, userAgent: chromeWindowsNext })],
    },
    {
      when: "another browser has a lower number",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows }, { ip: home, userAgent: firefoxLinux })],
    },
    { when: "nothing changes", sessions: [seenWith({ ip: home, userAgent: chromeWindows })] },
  ],
};
