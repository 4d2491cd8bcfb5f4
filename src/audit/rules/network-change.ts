import { type ClientEvidence, clientEvidence } from "../client-evidence.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  readonly switches: number;
  /** What a network is here: the /24 or /64. */
  readonly basis: "subnet";
};

/** The same client in a network new to the session: mostly people on the move, kept as context for the other rules. */
export const networkChange = defineRule<never, Evidence>({
  id: "network-change",
  title: "network changed, same client",
  fires: "a session goes on in a network (/24, /64) that is new to it, with a client that is not",
  severity: "info",
  needs: ["address"],
  thresholds: {},
  mapsTo: [],

  start: perSession((seen, { reader }) => {
    const changes = seen.openSwitches.filter((change) => change.newNetwork && !change.newClient);
    const last = changes.at(-1);
    if (last === undefined) return undefined;
    seen.explain(changes);
    return {
      ip: last.after.ip,
      firstSeenAt: changes[0]?.after.at,
      lastSeenAt: last.after.at,
      evidence: () => ({
        before: clientEvidence(last.before, reader),
        after: clientEvidence(last.after, reader),
        switches: changes.length,
        basis: "subnet",
      }),
    };
  }),

  explain: (finding) => {
    const { before, after, switches } = finding.evidence;
    const times = switches === 1 ? "once" : `${switches} times`;
    return {
      summary:
        `The session came to a new network ${times}, last from ${before.ip ?? "an unknown address"} ` +
        `to ${after.ip ?? "an unknown address"}. Alone this is what travel and mobile networks look like.`,
      next: showAndRevoke(finding),
    };
  },
});
