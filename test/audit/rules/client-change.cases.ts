import { abroad, agents, home, homeToo, office, seenWith } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, chromeWindowsNext, chromeAndroid, chromeAndroidTablet, chromeLinux, chromeLinuxOlder } = agents;
const { safariPhone, safariMac, firefoxWindows, firefoxLinux, curl, playerPhone, appPhone, appAndroid } = agents;

export const clientChangeCases: RuleCases = {
  rule: "client-change",
  fires: [
    {
      when: "the browser family changes",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows }, { ip: homeToo, userAgent: firefoxWindows })],
      severity: "medium",
      finding: {
        ip: homeToo,
        evidence: { before: { client: "Chrome 154 Windows" }, after: { client: "Firefox 145 Windows" }, switches: 1 },
      },
    },
    {
      when: "the system changes",
      sessions: [seenWith({ ip: home, userAgent: firefoxWindows }, { ip: home, userAgent: firefoxLinux })],
      severity: "medium",
    },
    {
      when: "an iPhone plays a video, whose player has a name of its own",
      sessions: [seenWith({ ip: home, userAgent: safariPhone }, { ip: home, userAgent: playerPhone })],
      severity: "low",
      finding: { evidence: { sameDevice: true } },
    },
    {
      when: "an app begins the session, and its web view goes on",
      sessions: [seenWith({ ip: home, userAgent: appAndroid }, { ip: home, userAgent: chromeAndroid })],
      severity: "low",
    },
    {
      when: "an app is of a system that the browser is not on",
      sessions: [seenWith({ ip: home, userAgent: chromeAndroid }, { ip: home, userAgent: appPhone })],
      severity: "medium",
    },
    {
      when: "an app goes on where a computer was",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows }, { ip: home, userAgent: "okhttp/4.12.0" })],
      severity: "medium",
    },
    {
      when: "the user agent disappears",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows }, { ip: home, userAgent: "" })],
      severity: "medium",
    },
    {
      when: "it happens in a network that the session came to long before",
      sessions: [
        seenWith(
          { ip: home, userAgent: chromeWindows },
          { ip: office, userAgent: chromeWindows },
          { ip: office, userAgent: firefoxWindows },
        ),
      ],
      severity: "medium",
    },
    {
      when: "an Android phone asks for the desktop site",
      sessions: [seenWith({ ip: home, userAgent: chromeAndroid }, { ip: home, userAgent: chromeLinux })],
      severity: "low",
      finding: { evidence: { sameDevice: true } },
    },
    {
      when: "a phone is in a computer's place",
      sessions: [seenWith({ ip: home, userAgent: safariMac }, { ip: home, userAgent: safariPhone })],
      severity: "medium",
    },
    {
      when: "an iPhone asks for the desktop site",
      sessions: [seenWith({ ip: home, userAgent: safariPhone }, { ip: home, userAgent: safariMac })],
      severity: "low",
    },
    {
      when: "it could be one, but of another release",
      sessions: [
        seenWith({ ip: home, userAgent: safariPhone }, { ip: home, userAgent: safariMac.replace("18.5", "18.4") }),
      ],
      severity: "medium",
    },
    {
      when: "a phone is unfolded to a tablet",
      sessions: [seenWith({ ip: home, userAgent: chromeAndroid }, { ip: home, userAgent: chromeAndroidTablet })],
      severity: "low",
    },
    {
      when: "a phone turns into a desktop of another version",
      sessions: [seenWith({ ip: home, userAgent: chromeAndroid }, { ip: home, userAgent: chromeLinuxOlder })],
      severity: "medium",
    },
    {
      when: "a mode changes, then the browser too: the graver one is told",
      sessions: [
        seenWith(
          { ip: home, userAgent: chromeAndroid },
          { ip: home, userAgent: chromeLinux },
          { ip: home, userAgent: firefoxLinux },
        ),
      ],
      severity: "medium",
      finding: { evidence: { switches: 2, after: { client: "Firefox 145 Linux" } } },
    },
    {
      when: "no address is known",
      sessions: [seenWith({ userAgent: chromeWindows }, { userAgent: firefoxWindows })],
      severity: "medium",
      finding: { ip: null },
    },
  ],
  quiet: [
    {
      when: "the browser is updated",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows }, { ip: home, userAgent: chromeWindowsNext })],
    },
    {
      when: "only the network changes",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows }, { ip: office, userAgent: chromeWindows })],
    },
    {
      when: "hijack explains it",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows }, { ip: abroad, userAgent: curl })],
    },
    {
      when: "the owner comes back after a stranger",
      sessions: [
        seenWith(
          { ip: home, userAgent: chromeWindows },
          { ip: abroad, userAgent: curl },
          { ip: home, userAgent: chromeWindows },
          { ip: abroad, userAgent: curl },
        ),
      ],
    },
    {
      when: "a sighting tells nothing",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows }, {}, { ip: home, userAgent: chromeWindows })],
    },
    {
      when: "there was no user agent at first",
      sessions: [seenWith({ ip: home }, { ip: home, userAgent: chromeWindows })],
    },
  ],
};
