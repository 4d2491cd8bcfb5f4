import {
  abroad,
  agents,
  home,
  hosted,
  hour,
  idOf,
  now,
  office,
  seenWith,
  session,
  throughRelay,
  throughVpn,
} from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows: userAgent, firefoxLinux } = agents;
const moved = seenWith({ ip: home, userAgent }, { ip: abroad, userAgent, after: 15 * hour });
/** Sessions of alice that began abroad, before. */
const earlier = [1, 2].map((n) => {
  const createdAt = now - 30 * hour - n;
  return session({ id: idOf(n), createdAt, sightings: [{ at: createdAt, ip: abroad, userAgent }] });
});

export const countryChangeCases: RuleCases = {
  rule: "country-change",
  fires: [
    {
      when: "the session travels",
      sessions: [moved],
      severity: "low",
      finding: { ip: abroad, evidence: { from: "NO", to: "BR", after: { country: "BR" } } },
    },
    { when: "the user was there before", sessions: [moved, ...earlier], severity: "info" },
    {
      when: "it goes on in a hosting network and comes back an hour later, as with a VPN of one's own",
      sessions: [
        seenWith(
          { ip: abroad, userAgent },
          { ip: hosted, userAgent, after: 15 * hour },
          { ip: abroad, userAgent, after: 16 * hour },
        ),
      ],
      severity: "low",
    },
    {
      when: "a phone's does, as through a VPN",
      sessions: [
        seenWith(
          { ip: abroad, userAgent: agents.safariPhone },
          { ip: hosted, userAgent: agents.safariPhone, after: 15 * hour },
        ),
      ],
      severity: "low",
    },
    {
      when: "a phone's does, and both places are in use within minutes",
      sessions: [
        seenWith(
          { ip: abroad, userAgent: agents.safariPhone },
          { ip: hosted, userAgent: agents.safariPhone, after: 15 * hour },
          { ip: abroad, userAgent: agents.safariPhone, after: 15.1 * hour },
        ),
      ],
      severity: "medium",
    },
    {
      when: "it comes back within minutes: two hold it",
      sessions: [
        seenWith(
          { ip: abroad, userAgent },
          { ip: hosted, userAgent, after: 15 * hour },
          { ip: abroad, userAgent, after: 15.1 * hour },
        ),
      ],
      severity: "medium",
    },
    {
      when: "it goes through a VPN",
      sessions: [seenWith({ ip: home, userAgent }, { ip: throughVpn, userAgent })],
      severity: "info",
    },
    {
      when: "it goes on in a hosting network of another country",
      sessions: [seenWith({ ip: abroad, userAgent }, { ip: hosted, userAgent, after: 15 * hour })],
      severity: "medium",
    },
  ],
  quiet: [
    {
      when: "the network changes within the country",
      sessions: [seenWith({ ip: home, userAgent }, { ip: office, userAgent })],
    },
    { when: "it goes through a relay", sessions: [seenWith({ ip: home, userAgent }, { ip: throughRelay, userAgent })] },
    {
      when: "the session comes home",
      sessions: [
        seenWith({ ip: home, userAgent }, { ip: throughVpn, userAgent: firefoxLinux }, { ip: home, userAgent }),
      ],
    },
  ],
};
