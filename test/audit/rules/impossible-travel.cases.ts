import { abroad, agents, home, hour, minute, office, seenWith, throughVpn } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows: userAgent, firefoxLinux } = agents;

export const impossibleTravelCases: RuleCases = {
  rule: "impossible-travel",
  fires: [
    {
      when: "the other side of the world is an hour away",
      sessions: [seenWith({ ip: home, userAgent }, { ip: abroad, userAgent })],
      severity: "high",
      finding: { ip: abroad, evidence: { fromCity: "Oslo", toCity: "Rio", withinMs: hour } },
    },
    {
      when: "the limits are set lower",
      sessions: [seenWith({ ip: home, userAgent }, { ip: office, userAgent, after: minute })],
      thresholds: { "impossible-travel": { km: 200 } },
      severity: "high",
      finding: { evidence: { toCity: "Bergen" } },
    },
  ],
  quiet: [
    {
      when: "there is time for a flight",
      sessions: [seenWith({ ip: home, userAgent }, { ip: abroad, userAgent, after: 14 * hour })],
    },
    {
      when: "the cities are near",
      sessions: [seenWith({ ip: home, userAgent }, { ip: office, userAgent, after: minute })],
    },
    {
      when: "it went through a VPN",
      sessions: [seenWith({ ip: home, userAgent }, { ip: throughVpn, userAgent, after: 1 })],
    },
    {
      when: "hijack explains it",
      sessions: [seenWith({ ip: home, userAgent }, { ip: abroad, userAgent: firefoxLinux })],
    },
  ],
};
