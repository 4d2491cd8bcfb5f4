import { type ClientEvidence, clientEvidence, placeInWords } from "../client-evidence.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly client: ClientEvidence;
  /** Whether the address is on the operator's own list. */
  readonly isListed: boolean;
};

/** A session that began where servers are rented, or at an address on a list. */
export const hostingOrigin = defineRule<never, Evidence>({
  id: "hosting-origin",
  title: "begun in a hosting network",
  fires: "a user's session was begun in a hosting network, or at an address on a list of your own, such as Tor's exits",
  misses: "The list of hosting networks is curated by hand and not complete; proxies in homes are in no list.",
  severity: "low",
  needs: ["address", "asn", "user"],
  thresholds: {},
  mapsTo: ["ATT&CK T1090.003"],

  start: perSession((seen, { facts }) => {
    const [first] = seen.known;
    const ip = first?.sighting.ip;
    if (first === undefined || ip === undefined || seen.session.user === undefined) return undefined;
    const isListed = facts.isWatched(ip);
    if (!isListed && (first.where?.kind !== "hosting" || first.where.isTrusted)) return undefined;
    return { ip, evidence: () => ({ client: clientEvidence(first.sighting, facts), isListed }) };
  }),

  explain: (finding) => {
    const { client, isListed } = finding.evidence;
    return {
      summary:
        `The session was begun at ${placeInWords(client)}${isListed ? ", which is on your list" : ""}: people browse from ` +
        "there through a proxy or a remote desktop, and programs do.",
      next: showAndRevoke(finding, "hosting-origin"),
    };
  },
});
