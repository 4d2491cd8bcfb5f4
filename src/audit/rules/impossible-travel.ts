import type { City } from "../../clients/geography/geo-reader.js";
import { type ClientEvidence, clientEvidence, placeInWords } from "../client-evidence.js";
import { isElsewhere, type Known } from "../facts.js";
import { distanceKm } from "../distance.js";
import { showAndRevoke } from "../next-commands.js";
import { perSwitch } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  readonly fromCity: string | null;
  readonly toCity: string | null;
  /** At least so far, less what the databases may be off. */
  readonly km: number;
  /** At least so fast; `null` for at once. */
  readonly kmh: number | null;
  readonly withinMs: number;
};

/** One session in two places further apart than a plane flies in the time between. */
export const impossibleTravel = defineRule<"km" | "kmh", Evidence>({
  id: "impossible-travel",
  title: "travelled faster than a plane",
  fires: "a session is used in two cities and networks (ASNs) so soon after each other that nobody travels so fast",
  misses:
    "City databases are coarse, so it wants one of your own and takes off what that may be wrong by; through relays, VPNs and within one network nothing is said.",
  severity: "high",
  needs: ["address", "asn", "city", "switches"],
  thresholds: {
    km: { default: 500, unit: "km", means: "how far apart the cities are at the least" },
    kmh: { default: 900, unit: "kmh", means: "how fast it must have been at the least" },
  },
  mapsTo: ["ATT&CK T1078"],

  start: perSwitch((seen, { facts, thresholds }) => {
    const placed: { readonly known: Known; readonly city: City }[] = [];
    for (const known of seen.known) {
      const { ip } = known.sighting;
      if (ip === undefined || known.where?.asn === undefined || known.where.isTrusted || isElsewhere(known.where))
        continue;
      const city = facts.geo?.place(ip).city;
      if (city !== undefined) placed.push({ known, city });
    }
    for (const [n, after] of placed.entries()) {
      const before = placed[n - 1];
      if (before === undefined || before.known.where?.asn === after.known.where?.asn) continue;
      const withinMs = after.known.sighting.at - before.known.sighting.at;
      if (!(withinMs >= 0 && Number.isFinite(withinMs))) continue;
      const km = distanceKm(before.city, after.city) - before.city.radiusKm - after.city.radiusKm;
      const kmh = km / (withinMs / 3_600_000);
      if (km < thresholds.km || kmh < thresholds.kmh) continue;
      const change = seen.openSwitches.filter((one) => one.after === after.known);
      // What a graver rule has explained is not said again.
      if (change.length === 0) continue;
      seen.explain(change);
      return {
        ip: after.known.sighting.ip,
        firstSeenAt: before.known.sighting.at,
        lastSeenAt: after.known.sighting.at,
        evidence: () => ({
          before: clientEvidence(before.known.sighting, facts),
          after: clientEvidence(after.known.sighting, facts),
          fromCity: before.city.name ?? null,
          toCity: after.city.name ?? null,
          km: Math.round(km),
          kmh: Number.isFinite(kmh) ? Math.round(kmh) : null,
          withinMs,
        }),
      };
    }
    return undefined;
  }),

  explain: (finding) => {
    const { before, after, fromCity, toCity, km, withinMs } = finding.evidence;
    const from = `${fromCity ?? "a city"} (${placeInWords(before)})`;
    const to = `${toCity ?? "a city"} (${placeInWords(after)})`;
    return {
      summary:
        `The session was used in ${from} and ${Math.round(withinMs / 60_000)} min later in ${to}, ${km} km away: ` +
        "two machines hold its token, or its user hides behind a proxy.",
      next: showAndRevoke(finding, "impossible-travel"),
    };
  },
});
