import { type ClientEvidence, clientEvidence, inWords } from "../client-evidence.js";
import { versionOf } from "../facts.js";
import { showAndRevoke } from "../next-commands.js";
import { perSwitch } from "../per-session.js";
import { defineRule } from "../rule.js";
import type { Switch } from "../switches.js";

type Evidence = {
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  /** The highest version before. */
  readonly from: string;
  readonly to: string;
};

/** The same kind of browser, but older: browsers update, and do not go back. */
export const clientDowngrade = defineRule<never, Evidence>({
  id: "client-downgrade",
  title: "browser older than before",
  fires: "a session goes on with the same browser family, system and form factor, but an older version",
  misses: "A thief whose browser is as new as the victim's, or newer, looks like an update.",
  severity: "low",
  otherwise: { medium: "when it came with a network or an address new to the session" },
  needs: ["userAgent", "switches"],
  thresholds: {},
  mapsTo: ["ATT&CK T1539"],

  start: perSwitch((seen, { facts }) => {
    const changes = seen.openSwitches.filter(({ newerBefore }) => newerBefore !== undefined);
    const first = changes.find(isElsewhereToo) ?? changes[0];
    const before = first?.newerBefore;
    if (first === undefined || before === undefined) return undefined;
    seen.explain(changes);
    return {
      severity: isElsewhereToo(first) ? "medium" : "low",
      ip: first.after.sighting.ip,
      firstSeenAt: changes[0]?.after.sighting.at,
      lastSeenAt: changes.at(-1)?.after.sighting.at,
      evidence: () => ({
        before: clientEvidence(before.sighting, facts),
        after: clientEvidence(first.after.sighting, facts),
        from: versionOf(before).join("."),
        to: versionOf(first.after).join("."),
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

/** Whether the older browser is in another place as well: then it is no roll-back but a second machine. */
function isElsewhereToo({ newNetwork, newAddress }: Switch): boolean {
  return newNetwork || newAddress;
}
