import { type ClientEvidence, clientEvidence, addressInWords } from "../client-evidence.js";
import { habitsOf } from "../habits.js";
import { showAndRevoke } from "../next-commands.js";
import { perSwitch } from "../per-session.js";
import { defineRule } from "../rule.js";
import { takesTurns, turnsThreshold } from "../turns.js";

type Evidence = {
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  readonly switches: number;
  /** Whether the new place and one of people take turns. */
  readonly turns: boolean;
  /** What a network is here: that of its ASN, or without data about it the /24 or /64. */
  readonly basis: "asn" | "subnet";
};

/** The same client in a network new to the session: mostly people on the move, kept as context for the other rules. */
export const networkChange = defineRule<"turnsMs", Evidence>({
  id: "network-change",
  title: "network changed, same client",
  fires:
    "a session goes on in a network (ASN; /24, /64 without data) that is new to it, with a client and a country that are not",
  misses:
    "Networks of the same ASN are one, as are IPv4 and IPv6 of it; relays say nothing. Who goes on in a hosting network with the same user agent, while the owner is away, looks like a VPN of the owner's.",
  severity: "info",
  otherwise: {
    medium:
      "into a hosting network where no other session of the user has been, and which takes turns with one of people, A B A B, within a short time: two hold the token",
    low: "into one and nothing more (the usual catalogues have it medium), since it is one dimension, and measured mostly a VPN that comes out at a hoster",
  },
  needs: ["address", "switches"],
  thresholds: { turnsMs: turnsThreshold },
  mapsTo: [],

  start: perSwitch((seen, { facts, thresholds: { turnsMs } }) => {
    const changes = seen.openSwitches.filter(
      ({ newNetwork, newClient, after, before }) =>
        newNetwork && !newClient && after.where?.kind !== "relay" && before.where?.kind !== "relay",
    );
    const hosted = changes.filter(({ after }) => after.where?.kind === "hosting");
    const turns = hosted.find((one) => takesTurns(seen, one, turnsMs));
    const change = turns ?? hosted[0] ?? changes.at(-1);
    if (change === undefined) return undefined;
    seen.explain(changes);
    const { sighting, where } = change.after;
    const { id } = seen.session;
    return {
      severity: turns !== undefined ? "medium" : where?.kind === "hosting" ? "low" : "info",
      ip: sighting.ip,
      firstSeenAt: changes[0]?.after.sighting.at,
      lastSeenAt: changes.at(-1)?.after.sighting.at,
      softened:
        where?.kind === "hosting"
          ? (user) => (habitsOf(user).firstVisit({ asn: where.asn }, id) < sighting.at ? "info" : undefined)
          : undefined,
      evidence: () => ({
        before: clientEvidence(change.before.sighting, facts),
        after: clientEvidence(sighting, facts),
        switches: changes.length,
        turns: turns !== undefined,
        basis: where?.asn === undefined ? "subnet" : "asn",
      }),
    };
  }),

  explain: (finding) => {
    const { before, after, switches, turns } = finding.evidence;
    const times = switches === 1 ? "once" : `${switches} times`;
    const meaning = turns
      ? "Both places are in use in turn within minutes: two hold its token. End it; its user logs in again."
      : after.kind === "hosting"
        ? "Nobody browses from servers: a proxy or a VPN, or a copied session."
        : "Alone this is what travel and mobile networks look like.";
    return {
      summary: `The session came to a new network ${times}, from ${addressInWords(before)} to ${addressInWords(after)}. ${meaning}`,
      next: showAndRevoke(finding),
    };
  },
});
