import { abroad, agents, home, homeToo, hour, now, office, seenWith } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows: userAgent, chromeWindowsNext, curl } = agents;

export const networkChangeCases: RuleCases = {
  rule: "network-change",
  fires: [
    {
      when: "the /24 changes",
      sessions: [seenWith({ ip: home, userAgent }, { ip: office, userAgent })],
      severity: "info",
      finding: {
        ip: office,
        evidence: { before: { network: "203.0.113.0/24" }, after: { network: "198.51.100.0/24" }, basis: "subnet" },
      },
    },
    {
      when: "the /64 changes",
      sessions: [seenWith({ ip: "2001:db8:0:1::5", userAgent }, { ip: "2001:db8:0:2::5", userAgent })],
      severity: "info",
    },
    {
      when: "IPv4 gives way to IPv6",
      sessions: [seenWith({ ip: home, userAgent }, { ip: "2001:db8::5", userAgent })],
      severity: "info",
    },
    {
      when: "it changes twice: one finding that counts",
      sessions: [seenWith({ ip: home, userAgent }, { ip: office, userAgent }, { ip: abroad, userAgent })],
      severity: "info",
      finding: { ip: abroad, evidence: { switches: 2 }, firstSeenAt: now - 7 * hour, lastSeenAt: now - 6 * hour },
    },
    {
      when: "the browser is updated on the way",
      sessions: [seenWith({ ip: home, userAgent }, { ip: office, userAgent: chromeWindowsNext })],
      severity: "info",
    },
    { when: "no user agent is known", sessions: [seenWith({ ip: home }, { ip: office })], severity: "info" },
  ],
  quiet: [
    { when: "the host changes", sessions: [seenWith({ ip: home, userAgent }, { ip: homeToo, userAgent })] },
    {
      when: "IPv4 is written as mapped IPv6",
      sessions: [seenWith({ ip: home, userAgent }, { ip: `::ffff:${home}`, userAgent })],
    },
    {
      when: "an IPv6 host takes another address of privacy",
      sessions: [seenWith({ ip: "2001:db8::1:2", userAgent }, { ip: "2001:db8::aaaa:bbbb:cccc:dddd", userAgent })],
    },
    { when: "hijack explains it", sessions: [seenWith({ ip: home, userAgent }, { ip: abroad, userAgent: curl })] },
    { when: "the address was unknown", sessions: [seenWith({ userAgent }, { ip: home, userAgent })] },
  ],
};
