import { abroad, agents, home, hosted, minute, office, seenWith } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, chromeWindowsNext, chromeAndroid, chromeLinux, firefoxLinux } = agents;
const { safariPhone, playerPhone, appAndroid } = agents;
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
      when: "an app takes turns with a browser from abroad",
      sessions: [turns({ ip: home, userAgent: chromeAndroid }, { ip: abroad, userAgent: appAndroid })],
      severity: "critical",
    },
    {
      when: "an app does from a hosting network",
      sessions: [turns({ ip: home, userAgent: chromeAndroid }, { ip: hosted, userAgent: appAndroid })],
      severity: "critical",
    },
    {
      when: "a program that is no app does",
      sessions: [
        turns(
          { ip: home, userAgent: chromeAndroid },
          { ip: home, userAgent: "python-requests/2.32.3 (Linux; Android 14)" },
        ),
      ],
      severity: "high",
    },
    {
      when: "a newer and an older version of one browser take turns",
      sessions: [turns(owner, { ip: home, userAgent: chromeWindowsNext })],
      severity: "high",
    },
  ],
  quiet: [
    {
      when: "an iPhone and the player of its videos do",
      sessions: [turns({ ip: home, userAgent: safariPhone }, { ip: home, userAgent: playerPhone })],
    },
    {
      when: "an app and its web view do, one at home and one on the carrier's network",
      sessions: [turns({ ip: home, userAgent: chromeAndroid }, { ip: office, userAgent: appAndroid })],
    },
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
