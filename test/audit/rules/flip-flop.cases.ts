import { abroad, agents, home, hosted, minute, seenWith } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, chromeWindowsNext, chromeAndroid, chromeLinux, firefoxLinux } = agents;
const owner = { ip: home, userAgent: chromeWindows };
const turns = (a: object, b: object, each = minute) =>
  seenWith(...[a, b, a, b].map((one, n) => ({ ...one, after: n * each })));

export const flipFlopCases: RuleCases = {
  rule: "flip-flop",
  fires: [
    {
      when: "two browsers in two networks take turns",
      sessions: [turns(owner, { ip: abroad, userAgent: firefoxLinux })],
      severity: "critical",
      finding: {
        ip: abroad,
        evidence: { one: { ip: home }, other: { ip: abroad }, withinMs: 2 * minute, bothDimensions: true },
      },
    },
    {
      when: "two browsers in one network take turns",
      sessions: [turns(owner, { ip: home, userAgent: firefoxLinux })],
      severity: "high",
    },
    {
      when: "two with one browser are each at an address of their own, whatever modes they say",
      sessions: [turns({ ip: home, userAgent: chromeAndroid }, { ip: hosted, userAgent: chromeLinux })],
      severity: "critical",
    },
    {
      when: "a newer and an older version of one browser take turns",
      sessions: [turns(owner, { ip: home, userAgent: chromeWindowsNext })],
      severity: "high",
    },
  ],
  quiet: [
    {
      when: "one goes and comes back once",
      sessions: [
        seenWith(owner, { ip: home, userAgent: firefoxLinux, after: minute }, { ...owner, after: 2 * minute }),
      ],
    },
    { when: "they take turns slowly", sessions: [turns(owner, { ip: abroad, userAgent: firefoxLinux }, 6 * minute)] },
    {
      when: "one client takes turns between networks",
      sessions: [turns(owner, { ip: abroad, userAgent: chromeWindows })],
    },
    {
      when: "a phone asks for the desktop site and goes back, twice",
      sessions: [turns({ ip: home, userAgent: chromeAndroid }, { ip: home, userAgent: chromeLinux })],
    },
    { when: "user agents are unknown", sessions: [turns({ ip: home }, { ip: abroad })] },
  ],
};
