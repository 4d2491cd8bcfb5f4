import { abroad, agents, event, home, hour, now, seenWith } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, curl } = agents;
const owner = { ip: home, userAgent: chromeWindows };
const headless = chromeWindows.replace("Chrome/", "HeadlessChrome/");

export const toolReplayCases: RuleCases = {
  rule: "tool-replay",
  fires: [
    {
      when: "a tool goes on elsewhere",
      sessions: [seenWith(owner, { ip: abroad, userAgent: curl })],
      severity: "critical",
      finding: { ip: abroad, evidence: { before: { ip: home }, after: { client: "curl 8" }, refused: false } },
    },
    {
      when: "a tool goes on in the same network",
      sessions: [seenWith(owner, { ip: home, userAgent: curl })],
      severity: "critical",
    },
    {
      when: "a headless browser goes on",
      sessions: [seenWith(owner, { ip: abroad, userAgent: headless })],
      severity: "critical",
    },
    {
      when: "the store turned a tool away",
      sessions: [seenWith(owner)],
      events: [event({ type: "refused", at: now - hour, ip: abroad, userAgent: curl })],
      severity: "critical",
      finding: { evidence: { refused: true } },
    },
  ],
  quiet: [
    { when: "a tool began it", sessions: [seenWith({ ip: home, userAgent: curl }, { ip: abroad, userAgent: curl })] },
    { when: "an app goes on", sessions: [seenWith(owner, { ip: home, userAgent: "okhttp/4.12.0" })] },
    { when: "a browser goes on", sessions: [seenWith(owner, { ip: abroad, userAgent: agents.firefoxLinux })] },
    { when: "no user agent began it", sessions: [seenWith({ ip: home }, { ip: abroad, userAgent: curl })] },
  ],
};
