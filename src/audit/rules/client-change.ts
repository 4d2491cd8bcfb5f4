import { type ClientEvidence, clientEvidence } from "../client-evidence.js";
import { showAndRevoke } from "../next-commands.js";
import { perSwitch } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  readonly switches: number;
  /** It may be the same device: in another mode, as with "request desktop site", or an app or player beside the browser. */
  readonly sameDevice: boolean;
};

/** Another browser, system or form factor in a network that the session had before. */
export const clientChange = defineRule<never, Evidence>({
  id: "client-change",
  title: "client changed in the same network",
  fires: "a session goes on with a browser family, system or form factor new to it, in a network that is not",
  misses:
    "A new version is no new client, so a thief with the same browser on the same system passes; see client-downgrade.",
  severity: "medium",
  otherwise: {
    low: 'when it may be the same device: only the mode changed, as with "request desktop site", or it is an app, or what plays videos, on the system of the browser',
  },
  needs: ["userAgent", "switches"],
  thresholds: {},
  mapsTo: ["ATT&CK T1539"],

  start: perSwitch((seen, { facts }) => {
    const changes = seen.openSwitches.filter((change) => change.newClient && !change.newNetwork);
    const first = changes.find((change) => !change.sameDevice) ?? changes[0];
    if (first === undefined) return undefined;
    seen.explain(changes);
    return {
      severity: first.sameDevice ? "low" : "medium",
      ip: first.after.sighting.ip,
      firstSeenAt: changes[0]?.after.sighting.at,
      lastSeenAt: changes.at(-1)?.after.sighting.at,
      evidence: () => ({
        before: clientEvidence(first.before.sighting, facts),
        after: clientEvidence(first.after.sighting, facts),
        switches: changes.length,
        sameDevice: first.sameDevice,
      }),
    };
  }),

  explain: (finding) => {
    const { before, after, sameDevice } = finding.evidence;
    const meaning = sameDevice
      ? 'Most likely it is the same device: its "desktop site" mode, an app beside the browser, or what plays videos.'
      : "A browser does not turn into another one: its cookies may have been copied on the same network.";
    return {
      summary: `The session's client went from ${before.client} to ${after.client}. ${meaning}`,
      next: showAndRevoke(finding, "client-change"),
    };
  },
});
