import { abroad, agents, home, hosted, hour, idOf, minute, now, session, throughRelay } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, safariPhone, firefoxLinux, safariMac, chromeAndroid } = agents;
const all = [chromeWindows, safariPhone, firefoxLinux, safariMac, chromeAndroid];
/** Sessions of as many users from one address, one a minute. */
const logins = (count: number, ip: string, userAgents: readonly string[] = [chromeWindows], each = minute) =>
  Array.from({ length: count }, (_, n) => {
    const createdAt = now - 3 * hour + n * each;
    return session({
      id: idOf(n),
      user: `user ${n}`,
      createdAt,
      sightings: [{ at: createdAt, ip, userAgent: userAgents[n % userAgents.length] }],
    });
  });
/** An earlier session of each of the users there. */
const before = (count: number, ip: string) =>
  logins(count, ip).map((one, n) => {
    const createdAt = now - 30 * hour - n;
    return { ...one, id: idOf(100 + n), createdAt, sightings: [{ at: createdAt, ip, userAgent: chromeWindows }] };
  });

export const ipFanoutCases: RuleCases = {
  rule: "ip-fanout",
  fires: [
    {
      when: "twenty users log in from one address by one browser",
      sessions: logins(20, abroad),
      severity: "high",
      finding: {
        ip: abroad,
        user: null,
        evidence: { users: 20, sessions: 20, clients: 1, oneSessionShare: 1, kind: null },
      },
    },
    {
      when: "they come from a hosting network by many browsers",
      sessions: logins(20, hosted, all),
      severity: "high",
      finding: { evidence: { kind: "hosting", clients: 5 } },
    },
    {
      when: "the limit is set lower",
      sessions: logins(5, abroad),
      thresholds: { "ip-fanout": { users: 5 } },
      severity: "high",
    },
  ],
  quiet: [
    { when: "fourteen users do", sessions: logins(14, abroad) },
    { when: "an office has many kinds of browser", sessions: logins(20, abroad, all) },
    { when: "they come in the course of a day", sessions: logins(20, abroad, [chromeWindows], hour) },
    { when: "it is a relay", sessions: logins(20, throughRelay) },
    {
      when: "the users were in that network before, as pupils are",
      sessions: [...logins(20, abroad), ...before(20, abroad)],
    },
    {
      when: "each has an address of their own",
      sessions: logins(20, home).map((one, n) => ({
        ...one,
        sightings: [{ at: now, ip: `10.0.0.${n}`, userAgent: chromeWindows }],
      })),
    },
  ],
};
