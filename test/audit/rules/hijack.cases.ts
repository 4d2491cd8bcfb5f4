import {
  abroad,
  agents,
  event,
  home,
  homeOverIpv6,
  homeToo,
  hosted,
  hour,
  idOf,
  minute,
  now,
  office,
  seenWith,
  throughRelay,
  throughVpn,
} from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, chromeWindowsNext, chromeAndroid, chromeLinux, chromeLinuxOlder, firefoxLinux, safariMac } =
  agents;
const { appAndroid } = agents;
const owner = { ip: home, userAgent: chromeWindows };

export const hijackCases: RuleCases = {
  rule: "hijack",
  fires: [
    {
      when: "another browser goes on elsewhere",
      sessions: [seenWith(owner, { ip: abroad, userAgent: firefoxLinux })],
      severity: "high",
      finding: {
        sessions: [idOf(0)],
        user: "alice",
        ip: abroad,
        firstSeenAt: now - 7 * hour,
        lastSeenAt: now - 7 * hour,
        evidence: {
          before: { ip: home, network: "203.0.113.0/24", client: "Chrome 154 Windows", at: now - 8 * hour },
          after: { ip: abroad, network: "192.0.2.0/24", client: "Firefox 145 Linux", at: now - 7 * hour },
          switches: 1,
        },
      },
    },
    {
      when: "another browser goes on elsewhere, a moment after the login",
      sessions: [seenWith(owner, { ip: abroad, userAgent: safariMac, after: 10 })],
      severity: "high",
    },
    {
      when: "a tool without a user agent goes on elsewhere",
      sessions: [seenWith(owner, { ip: abroad })],
      severity: "high",
    },
    {
      when: "owner and stranger take turns",
      sessions: [
        seenWith(owner, { ip: abroad, userAgent: firefoxLinux }, owner, { ip: abroad, userAgent: firefoxLinux }),
      ],
      severity: "high",
      finding: { evidence: { switches: 1 } },
    },
    {
      when: "the owner was on the move before",
      sessions: [seenWith(owner, { ...owner, ip: office }, owner, { ip: "2001:db8::1", userAgent: firefoxLinux })],
      severity: "high",
    },
    {
      when: "two strangers come",
      sessions: [seenWith(owner, { ip: abroad, userAgent: firefoxLinux }, { ip: office, userAgent: safariMac })],
      severity: "high",
      finding: { evidence: { switches: 2, after: { ip: abroad } }, lastSeenAt: now - 6 * hour },
    },
    {
      when: "the stranger's network comes first, its client shortly after",
      sessions: [
        seenWith(
          owner,
          { ip: abroad, userAgent: chromeWindows },
          { ip: abroad, userAgent: safariMac, after: hour + 9 * minute },
        ),
      ],
      severity: "high",
      finding: { evidence: { before: { ip: home }, after: { ip: abroad, client: "Safari 18 macOS" } } },
    },
    {
      when: "the stranger's client comes first, its network shortly after",
      sessions: [
        seenWith(
          owner,
          { ip: home, userAgent: safariMac },
          { ip: abroad, userAgent: safariMac, after: hour + 9 * minute },
        ),
      ],
      severity: "high",
    },
    {
      when: "a phone's session goes on elsewhere on a desktop of an older version",
      sessions: [seenWith({ ip: home, userAgent: chromeAndroid }, { ip: abroad, userAgent: chromeLinuxOlder })],
      severity: "high",
    },
    {
      when: "it could be the same phone asking for the desktop site, but at once with a new network",
      sessions: [seenWith({ ip: home, userAgent: chromeAndroid }, { ip: abroad, userAgent: chromeLinux })],
      severity: "low",
      finding: { evidence: { sameDevice: true } },
    },
    {
      when: "a phone's app comes first in another network of the country",
      sessions: [seenWith({ ip: home, userAgent: chromeAndroid }, { ip: office, userAgent: appAndroid })],
      severity: "low",
      finding: { evidence: { sameDevice: true } },
    },
    {
      when: "an app comes from abroad",
      sessions: [seenWith({ ip: home, userAgent: chromeAndroid }, { ip: abroad, userAgent: appAndroid })],
      severity: "high",
    },
    {
      when: "it could be the same phone, but goes on in a hosting network",
      sessions: [seenWith({ ip: home, userAgent: chromeAndroid }, { ip: hosted, userAgent: chromeLinux })],
      severity: "critical",
    },
    {
      when: "it goes on in a hosting network",
      sessions: [seenWith(owner, { ip: hosted, userAgent: firefoxLinux })],
      severity: "critical",
      finding: { evidence: { after: { kind: "hosting", asn: 24_940, country: "NO" } } },
    },
    {
      when: "it goes on through a VPN, from a relay or behind one",
      sessions: [seenWith({ ip: throughRelay, userAgent: chromeWindows }, { ip: throughVpn, userAgent: firefoxLinux })],
      severity: "high",
    },
    {
      when: "the store turned the stranger away",
      sessions: [seenWith(owner)],
      events: [event({ type: "refused", at: now - hour, ip: abroad, userAgent: firefoxLinux })],
      severity: "high",
      finding: { evidence: { refused: true } },
    },
    {
      when: "the steps are nearer than the configured time",
      sessions: [seenWith(owner, { ip: abroad, userAgent: chromeWindows }, { ip: abroad, userAgent: safariMac })],
      thresholds: { hijack: { settleMs: 2 * hour } },
      severity: "high",
    },
  ],
  quiet: [
    { when: "nothing changes", sessions: [seenWith(owner)] },
    {
      when: "a phone that asked for the desktop site comes to another network shortly after",
      sessions: [
        seenWith(
          { ip: home, userAgent: chromeAndroid },
          { ip: home, userAgent: chromeLinux, after: hour },
          { ip: office, userAgent: chromeLinux, after: hour + minute },
        ),
      ],
    },
    {
      when: "the client changes with the address family only",
      sessions: [seenWith(owner, { ip: homeOverIpv6, userAgent: firefoxLinux })],
    },
    { when: "the address changes within the network", sessions: [seenWith(owner, { ...owner, ip: homeToo })] },
    {
      when: "only the network changes",
      sessions: [seenWith(owner, { ...owner, ip: office }, owner, { ...owner, ip: abroad })],
    },
    { when: "only the client changes", sessions: [seenWith(owner, { ip: homeToo, userAgent: firefoxLinux })] },
    {
      when: "the browser is updated on the way",
      sessions: [seenWith(owner, { ip: office, userAgent: chromeWindowsNext })],
    },
    {
      when: "network and client change far apart",
      sessions: [seenWith(owner, { ip: office, userAgent: chromeWindows }, { ip: office, userAgent: firefoxLinux })],
    },
    {
      when: "a phone asks for the desktop site shortly after it came to another network",
      sessions: [
        seenWith(
          { ip: home, userAgent: chromeAndroid },
          { ip: office, userAgent: chromeAndroid },
          { ip: office, userAgent: chromeLinux, after: hour + minute },
        ),
      ],
    },
    {
      when: "the address is unknown before",
      sessions: [seenWith({ userAgent: chromeWindows }, { ip: abroad, userAgent: safariMac })],
    },
    { when: "the address is unknown after", sessions: [seenWith(owner, { userAgent: safariMac })] },
    { when: "a server began the session before it knew the browser", sessions: [seenWith({ ip: office }, owner)] },
    { when: "a sighting tells nothing", sessions: [seenWith(owner, {}, owner)] },
    {
      when: "the steps are as far apart as the time that settles",
      sessions: [
        seenWith(
          owner,
          { ip: abroad, userAgent: chromeWindows },
          { ip: abroad, userAgent: safariMac, after: hour + 10 * minute },
        ),
      ],
    },
    {
      when: "the sessions of two clients are two",
      sessions: [seenWith(owner), { ...seenWith({ ip: abroad, userAgent: safariMac }), id: idOf(1) }],
    },
  ],
};
