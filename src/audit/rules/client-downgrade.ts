import { type ClientEvidence, clientEvidence, inWords } from "../client-evidence.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  /** The highest major version before. */
  readonly from: number;
  readonly to: number;
};

/** The same kind of browser, but older: browsers update, and do not go back. */
export const clientDowngrade = defineRule<never, Evidence>({
  id: "client-downgrade",
  title: "browser older than before",
  fires: "a session goes on with the same browser family, system and form factor, but an older major version",
  misses: "A thief whose browser is as new as the victim's, or newer, looks like an update.",
  severity: "low",
  otherwise: { medium: "when it came with a network new to the session" },
  needs: ["userAgent", "switches"],
  thresholds: {},
  mapsTo: ["ATT&CK T1539"],

  start: perSession((seen, { facts }) => {
    const changes = seen.openSwitches.filter(({ majorBefore }) => majorBefore !== undefined);
    const first = changes.find(({ newNetwork }) => newNetwork) ?? changes[0];
    if (first?.majorBefore === undefined) return undefined;
    const from = first.majorBefore;
    seen.explain(changes);
    const before = seen.known.findLast(
      ({ client, agent, sighting }) =>
        client === first.after.client && agent?.major === from && sighting.at <= first.after.sighting.at,
    );
    return {
      severity: first.newNetwork ? "medium" : "low",
      ip: first.after.sighting.ip,
      firstSeenAt: changes[0]?.after.sighting.at,
      lastSeenAt: changes.at(-1)?.after.sighting.at,
      evidence: () => ({
        before: clientEvidence((before ?? first.before).sighting, facts),
        after: clientEvidence(first.after.sighting, facts),
        from,
        to: first.after.agent?.major ?? 0,
      }),
    };
  }),

  explain: (finding) => {
    const { before, after } = finding.evidence;
    return {
      summary:
        `The session went from ${inWords(before)} to the older ${inWords(after)}: ` +
        "a browser does not go back, so this is a second one of the same kind.",
      next: showAndRevoke(finding, "client-downgrade"),
    };
  },
});
