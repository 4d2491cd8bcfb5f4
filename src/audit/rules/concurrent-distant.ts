import { isElsewhereKind } from "../facts.js";
import { listAndRevokeUser } from "../next-commands.js";
import { defineRule } from "../rule.js";
import { type Active, firstPair, strangeness } from "../distant-pairs.js";
import type { UserSession } from "../user-sessions.js";

type Place = { readonly session: string; readonly country: string; readonly asn: number };

type Evidence = {
  readonly here: Place;
  readonly there: Place;
  /** How far apart the two were active. */
  readonly withinMs: number;
  /** Whether the later session came with a client that the user's others do not have. */
  readonly newClient: boolean;
};

/** Where a session was last active, unless that says nothing about where its user is. */
function activeOf(session: UserSession): Active | undefined {
  const visit = session.visits.at(-1);
  if (visit?.asn === undefined || visit.country === undefined || session.lastSeenAt === undefined) return undefined;
  if (isElsewhereKind(visit.asn)) return undefined;
  return { session, at: session.lastSeenAt, visit: { ...visit, asn: visit.asn, country: visit.country } };
}

/** Two sessions of one user in use at the same time in two countries. */
export const concurrentDistant = defineRule<"windowMs", Evidence>({
  id: "concurrent-distant",
  title: "in two countries at the same time",
  fires: "a user's two sessions are active within minutes of each other in different countries and networks (ASNs)",
  misses:
    "Of the time between first and last request nothing is kept, so only the last activity counts. Relays and VPNs are passed over.",
  severity: "high",
  otherwise: {
    low: "when the later session was begun elsewhere and moved there, or with a kind of client that the user has, or the user's sessions are fewer than it takes to learn",
  },
  needs: ["user", "address", "country", "asn", "lastSeenAt"],
  thresholds: {
    windowMs: { default: 15 * 60_000, unit: "ms", means: "how far apart their last activities may be" },
  },
  mapsTo: ["ATT&CK T1078"],

  start: ({ thresholds: { windowMs }, learning, report }) => ({
    seeUser({ user, count, sessions }) {
      if (count < 2) return;
      const placed = sessions().flatMap((session) => activeOf(session) ?? []);
      if (placed.every(({ visit }) => visit.country === placed[0]?.visit.country)) return;
      const active = placed.toSorted((a, b) => a.at - b.at || (a.session.id < b.session.id ? -1 : 1));
      const isStrange = strangeness(sessions());
      const grave = count >= learning ? firstPair(active, windowMs, isStrange) : undefined;
      const found = grave ?? firstPair(active, windowMs);
      if (found === undefined) return;
      const { here, there } = found;
      report({
        subject: `${user}\0${there.session.id}`,
        severity: grave !== undefined ? "high" : "low",
        sessions: [here.session.id, there.session.id],
        user,
        ip: there.session.ip,
        firstSeenAt: there.session.createdAt,
        lastSeenAt: Math.max(here.at, there.at),
        evidence: () => ({
          here: placeOf(here),
          there: placeOf(there),
          withinMs: Math.abs(there.at - here.at),
          newClient: isStrange(there),
        }),
      });
    },
  }),

  explain: (finding) => {
    const { here, there, withinMs, newClient } = finding.evidence;
    const meaning = newClient
      ? "The second was begun there with a kind of client that the user's others do not have: somebody may know the password."
      : "A traveller with two devices looks like this; so does somebody who knows the password.";
    return {
      summary:
        `Two of the user's sessions were active within ${Math.max(1, Math.round(withinMs / 60_000))} min, one in ${here.country} ` +
        `(AS${here.asn}) and one in ${there.country} (AS${there.asn}). ${meaning}`,
      next: listAndRevokeUser(finding, "concurrent-distant"),
    };
  },
});

function placeOf({ session, visit }: Active): Place {
  return { session: session.id, country: visit.country, asn: visit.asn };
}
