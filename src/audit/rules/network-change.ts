import { type ClientEvidence, clientEvidence, placeInWords } from "../client-evidence.js";
import { hasBeenElsewhereIn, hasSecondHolder } from "../habits.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  readonly switches: number;
  /** What a network is here: that of its ASN, or without data about it the /24 or /64. */
  readonly basis: "asn" | "subnet";
};

/** The same client in a network new to the session: mostly people on the move, kept as context for the other rules. */
export const networkChange = defineRule<never, Evidence>({
  id: "network-change",
  title: "network changed, same client",
  fires:
    "a session goes on in a network (ASN; /24, /64 without data) that is new to it, with a client and a country that are not",
  misses: "Networks of the same ASN are one, as are IPv4 and IPv6 of it; relays say nothing.",
  severity: "info",
  otherwise: {
    medium:
      "into a hosting network where no other session of the user has been, when something speaks for a second holder: another user agent, a refusal, or both places in use within minutes",
    low: "into one with the same user agent and nothing more, which most often is a VPN of one's own (the usual catalogues have it medium; measured, that is mostly false)",
  },
  needs: ["address", "switches"],
  thresholds: {},
  mapsTo: [],

  start: perSession((seen, { facts }) => {
    const changes = seen.openSwitches.filter(
      ({ newNetwork, newClient, after, before }) =>
        newNetwork && !newClient && after.where?.kind !== "relay" && before.where?.kind !== "relay",
    );
    const change = changes.find(({ after }) => after.where?.kind === "hosting") ?? changes.at(-1);
    if (change === undefined) return undefined;
    seen.explain(changes);
    const { sighting, where } = change.after;
    const { id } = seen.session;
    return {
      severity: where?.kind !== "hosting" ? "info" : hasSecondHolder(seen, change) ? "medium" : "low",
      ip: sighting.ip,
      firstSeenAt: changes[0]?.after.sighting.at,
      lastSeenAt: changes.at(-1)?.after.sighting.at,
      softened:
        where?.kind === "hosting"
          ? (user) => (hasBeenElsewhereIn(user, id, sighting.at, ({ asn }) => asn === where.asn) ? "info" : undefined)
          : undefined,
      evidence: () => ({
        before: clientEvidence(change.before.sighting, facts),
        after: clientEvidence(sighting, facts),
        switches: changes.length,
        basis: where?.asn === undefined ? "subnet" : "asn",
      }),
    };
  }),

  explain: (finding) => {
    const { before, after, switches } = finding.evidence;
    const times = switches === 1 ? "once" : `${switches} times`;
    const meaning =
      after.kind === "hosting"
        ? "Nobody browses from servers: a proxy, or a copied session."
        : "Alone this is what travel and mobile networks look like.";
    return {
      summary: `The session came to a new network ${times}, from ${placeInWords(before)} to ${placeInWords(after)}. ${meaning}`,
      next: showAndRevoke(finding),
    };
  },
});
