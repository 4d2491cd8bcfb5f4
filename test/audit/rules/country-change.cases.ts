import {
  abroad,
  agents,
  home,
  hosted,
  hour,
  idOf,
  minute,
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
/** A session that goes to a hosting network, back, there again and back, with so long between. */
const inTurns = (each = 4 * minute, agent: string = userAgent) =>
  seenWith(
    { ip: abroad, userAgent: agent },
    ...[hosted, abroad, hosted, abroad].map((ip, n) => ({ ip, userAgent: agent, after: 15 * hour + n * each })),
  );

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
      when: "it goes on in a hosting network and comes back within minutes, as with a VPN that did not help",
      sessions: [
        seenWith(
          { ip: abroad, userAgent },
          { ip: hosted, userAgent, after: 15 * hour },
          { ip: abroad, userAgent, after: 15.1 * hour },
        ),
      ],
      severity: "low",
      finding: { evidence: { turns: false } },
    },
    {
      when: "a hosting network takes turns with the place before: two hold it",
      sessions: [inTurns()],
      severity: "medium",
      finding: { ip: hosted, evidence: { turns: true, to: "NO" } },
    },
    {
      when: "they do so on a phone",
      sessions: [inTurns(2 * minute, agents.safariPhone)],
      severity: "medium",
    },
    {
      when: "they take turns over hours, as with a VPN that is turned on and off",
      sessions: [inTurns(hour)],
      severity: "low",
    },
    {
      when: "they take turns where another session of the user was before",
      sessions: [
        inTurns(),
        session({
          id: idOf(3),
          createdAt: now - 30 * hour,
          sightings: [{ at: now - 30 * hour, ip: hosted, userAgent }],
        }),
      ],
      severity: "info",
    },
    {
      when: "a VPN takes turns with a hosting network, as its own exits do",
      sessions: [
        seenWith(
          { ip: abroad, userAgent },
          { ip: hosted, userAgent, after: 15 * hour },
          { ip: throughVpn, userAgent, after: 15 * hour + minute },
          { ip: hosted, userAgent, after: 15 * hour + 2 * minute },
        ),
      ],
      severity: "low",
    },
    {
      when: "it goes through a VPN",
      sessions: [seenWith({ ip: home, userAgent }, { ip: throughVpn, userAgent })],
      severity: "info",
    },
    {
      when: "it goes on in a hosting network of another country, as through a VPN of one's own",
      sessions: [seenWith({ ip: abroad, userAgent }, { ip: hosted, userAgent, after: 15 * hour })],
      severity: "low",
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
