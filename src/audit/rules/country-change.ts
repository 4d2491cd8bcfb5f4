import { type ClientEvidence, clientEvidence, placeInWords } from "../client-evidence.js";
import { isElsewhere } from "../facts.js";
import { habitsOf } from "../habits.js";
import { showAndRevoke } from "../next-commands.js";
import { perSwitch } from "../per-session.js";
import { defineRule } from "../rule.js";
import { takesTurns, turnsThreshold } from "../turns.js";

type Evidence = {
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  readonly from: string;
  readonly to: string;
  /** Whether the new place and one of people take turns. */
  readonly turns: boolean;
};

/** The same client in another country: travel mostly, or a proxy. */
export const countryChange = defineRule<"turnsMs", Evidence>({
  id: "country-change",
  title: "country changed, same client",
  fires: "a session goes on in a country that is new to it, with a client that is not",
  misses:
    "Countries are those in which address ranges are registered. Relays say nothing, VPNs little; where another session of the user has been, it is no news. Who goes on in a hosting network with the same user agent, while the owner is away, looks like a VPN of the owner's.",
  severity: "low",
  otherwise: {
    medium:
      "into a hosting network that takes turns with one of people, A B A B, within a short time: two hold the token. Going there alone is low (the usual catalogues have it medium), since it is one dimension, and measured mostly a VPN that comes out at a hoster",
    info: "through a VPN, or where another session of the user has been before",
  },
  needs: ["address", "country", "switches"],
  thresholds: { turnsMs: turnsThreshold },
  mapsTo: ["ATT&CK T1078"],

  start: perSwitch((seen, { facts, thresholds: { turnsMs } }) => {
    const changes = seen.openSwitches.filter(
      ({ countryBefore, newClient, before, after }) =>
        countryBefore !== undefined && !newClient && after.where?.kind !== "relay" && before.where?.kind !== "relay",
    );
    const hosted = changes.filter(({ after }) => after.where?.kind === "hosting");
    const turns = hosted.find((one) => takesTurns(seen, one, turnsMs));
    const change = turns ?? hosted[0] ?? changes.at(-1);
    const from = change?.countryBefore;
    const to = change?.after.where?.country;
    if (change === undefined || from === undefined || to === undefined) return undefined;
    seen.explain(changes);
    const { sighting, where } = change.after;
    const { id } = seen.session;
    return {
      severity: turns !== undefined ? "medium" : isElsewhere(where) ? "info" : "low",
      ip: sighting.ip,
      firstSeenAt: changes[0]?.after.sighting.at,
      lastSeenAt: changes.at(-1)?.after.sighting.at,
      softened: (user) => {
        const place = turns === undefined ? { country: to } : { country: to, asn: where?.asn };
        return habitsOf(user).firstVisit(place, id) < sighting.at ? "info" : undefined;
      },
      evidence: () => ({
        before: clientEvidence(change.before.sighting, facts),
        after: clientEvidence(sighting, facts),
        from,
        to,
        turns: turns !== undefined,
      }),
    };
  }),

  explain: (finding) => {
    const { from, to, after, turns } = finding.evidence;
    const meaning = turns
      ? "Both places are in use in turn within minutes: two hold its token. End it; its user logs in again."
      : "Alone this is what travel looks like; from a hosting network it is a proxy or a VPN, or a copied session.";
    return {
      summary: `The session went from ${from} to ${to} (${placeInWords(after)}) with the same client. ${meaning}`,
      next: showAndRevoke(finding, "country-change"),
    };
  },
});
