import {
  abroad,
  agents,
  cafe,
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
  session,
  throughRelay,
} from "../population.js";
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
        evidence: { before: { network: "203.0.113.0/24" }, after: { network: "198.51.100.0/24" }, basis: "asn" },
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
      sessions: [seenWith({ ip: home, userAgent }, { ip: office, userAgent }, { ip: cafe, userAgent })],
      severity: "info",
      finding: { ip: cafe, evidence: { switches: 2 }, firstSeenAt: now - 7 * hour, lastSeenAt: now - 6 * hour },
    },
    {
      when: "the browser is updated on the way",
      sessions: [seenWith({ ip: home, userAgent }, { ip: office, userAgent: chromeWindowsNext })],
      severity: "info",
    },
    {
      when: "it goes on in a hosting network, as through a VPN of one's own",
      sessions: [seenWith({ ip: home, userAgent }, { ip: hosted, userAgent })],
      severity: "low",
      finding: { evidence: { after: { kind: "hosting", asnName: "Network 24940" } } },
    },
    {
      when: "it goes on in a hosting network that the user's other sessions were in",
      sessions: [
        seenWith({ ip: home, userAgent }, { ip: hosted, userAgent }),
        ...[1, 2].map((n) =>
          session({
            id: idOf(n),
            sightings: [{ at: now - 20 * hour - n, ip: hosted, userAgent }],
            createdAt: now - 20 * hour - n,
          }),
        ),
      ],
      severity: "info",
    },
    {
      when: "a hosting network and the home take turns within minutes: two hold it",
      sessions: [
        seenWith(
          { ip: home, userAgent },
          ...[hosted, home, hosted].map((ip, n) => ({ ip, userAgent, after: hour + n * minute })),
        ),
      ],
      severity: "medium",
      finding: { ip: hosted, evidence: { turns: true } },
    },
    {
      when: "the owner goes out of the house between the turns",
      sessions: [
        seenWith(
          { ip: home, userAgent },
          ...[hosted, home, cafe, hosted].map((ip, n) => ({ ip, userAgent, after: hour + n * minute })),
        ),
      ],
      severity: "medium",
    },
    {
      when: "the home's IPv6 takes turns with the IPv4 of a hosting network, as past a VPN that takes IPv4 only",
      sessions: [
        seenWith(
          { ip: homeOverIpv6, userAgent },
          { ip: hosted, userAgent, after: hour },
          { ip: homeOverIpv6, userAgent, after: hour + minute },
          { ip: hosted, userAgent, after: hour + 2 * minute },
        ),
      ],
      severity: "low",
    },
    {
      when: "it comes back from a hosting network within minutes, as with a VPN that did not help",
      sessions: [
        seenWith({ ip: home, userAgent }, { ip: hosted, userAgent }, { ip: home, userAgent, after: hour + minute }),
      ],
      severity: "low",
    },
    {
      when: "the browser that goes on in a hosting network was updated",
      sessions: [seenWith({ ip: home, userAgent }, { ip: hosted, userAgent: chromeWindowsNext })],
      severity: "low",
    },
    {
      when: "the store turned away who came from a hosting network, as it does with whoever turns a VPN on",
      sessions: [seenWith({ ip: home, userAgent })],
      events: [event({ type: "refused", at: now - hour, ip: hosted, userAgent })],
      severity: "low",
    },
    { when: "no user agent is known", sessions: [seenWith({ ip: home }, { ip: office })], severity: "info" },
  ],
  quiet: [
    {
      when: "IPv6 takes over in the same network",
      sessions: [seenWith({ ip: home, userAgent }, { ip: homeOverIpv6, userAgent })],
    },
    { when: "it goes through a relay", sessions: [seenWith({ ip: home, userAgent }, { ip: throughRelay, userAgent })] },
    { when: "the country changes too", sessions: [seenWith({ ip: home, userAgent }, { ip: abroad, userAgent })] },
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
