import { type ClientEvidence, clientEvidence, placeInWords } from "../client-evidence.js";
import { isElsewhere } from "../facts.js";
import { hasBeenElsewhereIn, hasSecondHolder, isThereAndBack, isUsedToHide } from "../habits.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  readonly from: string;
  readonly to: string;
};

/** The same client in another country: travel mostly, or a proxy. */
export const countryChange = defineRule<never, Evidence>({
  id: "country-change",
  title: "country changed, same client",
  fires: "a session goes on in a country that is new to it, with a client that is not",
  misses:
    "Countries are those in which address ranges are registered. Relays say nothing, VPNs little; where another session of the user has been, it is no news.",
  severity: "low",
  otherwise: {
    medium:
      "into a hosting network and not back again as with a VPN of one's own, on a computer, or when something speaks for a second holder: another user agent, a refusal, or both places in use within minutes",
    info: "through a VPN, or where another session of the user has been before",
  },
  needs: ["address", "country", "switches"],
  thresholds: {},
  mapsTo: ["ATT&CK T1078"],

  start: perSession((seen, { facts }) => {
    const changes = seen.openSwitches.filter(
      ({ countryBefore, newClient, before, after }) =>
        countryBefore !== undefined && !newClient && after.where?.kind !== "relay" && before.where?.kind !== "relay",
    );
    const change = changes.find(({ after }) => after.where?.kind === "hosting") ?? changes.at(-1);
    const from = change?.countryBefore;
    const to = change?.after.where?.country;
    if (change === undefined || from === undefined || to === undefined) return undefined;
    seen.explain(changes);
    const { sighting, where } = change.after;
    const { id } = seen.session;
    // What steals cookies runs on computers; on a phone it is a VPN, unless two places are in use at the same time.
    const isHeld = change.after.agent?.form === "mobile" || change.after.agent?.form === "tablet";
    const isGrave =
      where?.kind === "hosting" && (!isHeld || hasSecondHolder(seen, change)) && !isThereAndBack(seen, change);
    return {
      severity: isGrave ? "medium" : isElsewhere(where) ? "info" : "low",
      ip: sighting.ip,
      firstSeenAt: changes[0]?.after.sighting.at,
      lastSeenAt: changes.at(-1)?.after.sighting.at,
      softened: (user) => {
        if (hasBeenElsewhereIn(user, id, sighting.at, ({ country }) => country === to)) return "info";
        return where?.kind === "hosting" && isUsedToHide(user, id) ? "low" : undefined;
      },
      evidence: () => ({
        before: clientEvidence(change.before.sighting, facts),
        after: clientEvidence(sighting, facts),
        from,
        to,
      }),
    };
  }),

  explain: (finding) => {
    const { from, to, after } = finding.evidence;
    return {
      summary:
        `The session went from ${from} to ${to} (${placeInWords(after)}) with the same client. ` +
        "Alone this is what travel looks like; from a hosting network it is a proxy, or a copied session.",
      next: showAndRevoke(finding, "country-change"),
    };
  },
});
