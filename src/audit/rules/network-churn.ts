import { asnInWords } from "../client-evidence.js";
import { networkKind } from "../../clients/networks/kinds.js";
import type { Evidence as AnyEvidence } from "../finding.js";
import { Tally } from "../tally.js";
import { listAndRevokeUser, showAndRevoke } from "../next-commands.js";
import { defineRule } from "../rule.js";
import type { Visit } from "../user-sessions.js";

type Evidence = AnyEvidence & {
  /** The networks (ASNs), in the order in which they came. */
  readonly networks: readonly { readonly asn: number; readonly name: string | null }[];
  readonly countries: readonly string[];
  readonly withinMs: number;
  /** Whether one session had them, or all of the user's together. */
  readonly of: "session" | "user";
};

interface Run {
  readonly asns: readonly number[];
  readonly countries: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** The window of at most `windowMs` with the most networks, relays and trusted ones left out; undefined for none. */
export function busiest(visits: readonly Visit[], windowMs: number): Run | undefined {
  const placed = visits
    .filter(({ asn, at }) => asn !== undefined && networkKind(asn) !== "relay" && Number.isFinite(at))
    .toSorted((a, b) => a.at - b.at);
  const within = new Tally<number | undefined>();
  let best = { first: 0, end: 0, networks: 0 };
  let end = 0;
  for (const [n, first] of placed.entries()) {
    for (let next = placed[end]; next !== undefined && next.at - first.at <= windowMs; next = placed[++end]) {
      within.add(next.asn);
    }
    if (within.size > best.networks) best = { first: n, end, networks: within.size };
    within.remove(first.asn);
  }
  const run = placed.slice(best.first, best.end);
  const [from, to] = [run[0]?.at, run.at(-1)?.at];
  if (from === undefined || to === undefined) return undefined;
  const asns = [...new Set(run.flatMap(({ asn }) => asn ?? []))];
  return { asns, countries: [...new Set(run.flatMap(({ country }) => country ?? []))], from, to };
}

/** From network to network within a day: a rotating proxy, or a token passed around. */
export const networkChurn = defineRule<"sessionNetworks" | "userNetworks" | "countries" | "windowMs", Evidence>({
  id: "network-churn",
  title: "from network to network",
  fires: "a session is used from many networks (ASNs) within a day, or a user's sessions together are",
  misses: "Rotation within one provider is one network. A session keeps 16 clients, so what came between is forgotten.",
  severity: "medium",
  otherwise: { low: "when the networks are of few countries and none is a hosting network, as on a day of travel" },
  needs: ["address", "asn", "user"],
  thresholds: {
    sessionNetworks: { default: 4, unit: "networks", means: "how many networks of one session are too many" },
    userNetworks: { default: 8, unit: "networks", means: "how many networks of one user are too many" },
    countries: { default: 3, unit: "times", means: "in how many countries they are more than a day's travel" },
    windowMs: { default: 24 * 3_600_000, unit: "ms", means: "within what time they came" },
  },
  mapsTo: ["ATT&CK T1090.003"],

  start: ({ facts, thresholds, report }) => {
    const { sessionNetworks, userNetworks, windowMs } = thresholds;
    const severityOf = ({ asns, countries }: Run) =>
      countries.length >= thresholds.countries || asns.some((asn) => networkKind(asn) === "hosting") ? "medium" : "low";
    const evidence = ({ asns, countries, from, to }: Run, of: Evidence["of"]) => ({
      networks: asns.map((asn) => ({ asn, name: facts.geo?.networkName(asn) ?? null })),
      countries,
      withinMs: to - from,
      of,
    });
    return {
      seeUser({ user, sessions, visits }) {
        if (visits < Math.min(sessionNetworks, userNetworks)) return;
        const all = sessions();
        for (const { id, visits } of all) {
          if (visits.length < sessionNetworks) continue;
          const run = busiest(visits, windowMs);
          if (run === undefined || run.asns.length < sessionNetworks) continue;
          report({
            subject: id,
            severity: severityOf(run),
            sessions: [id],
            user,
            firstSeenAt: run.from,
            lastSeenAt: run.to,
            evidence: () => evidence(run, "session"),
          });
        }
        const run = busiest(
          all.flatMap(({ visits }) => visits),
          windowMs,
        );
        if (run === undefined || run.asns.length < userNetworks) return;
        const involved = all.filter(({ visits }) => visits.some(({ at }) => at >= run.from && at <= run.to));
        report({
          subject: `user ${user}`,
          severity: severityOf(run),
          sessions: involved.map(({ id }) => id).toSorted(),
          user,
          firstSeenAt: run.from,
          lastSeenAt: run.to,
          evidence: () => evidence(run, "user"),
        });
      },
    };
  },

  explain: (finding) => {
    const { networks, countries, withinMs, of } = finding.evidence;
    const names = networks.map(({ asn, name }) => asnInWords(asn, name)).join(", ");
    const where = countries.length > 1 ? ` in ${countries.length} countries` : "";
    return {
      summary:
        `${of === "session" ? "The session" : "The user"} came from ${networks.length} networks${where} within ` +
        `${Math.max(1, Math.round(withinMs / 3_600_000))} h (${names}): a rotating proxy, or a token that is passed around.`,
      next: of === "session" ? showAndRevoke(finding, "network-churn") : listAndRevokeUser(finding, "network-churn"),
    };
  },
});
