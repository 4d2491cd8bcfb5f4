import { type ClientEvidence, clientEvidence, inWords } from "../client-evidence.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";
import type { Switch } from "../switches.js";

type Evidence = {
  /** The last sighting that differs in both. */
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  /** How many switches of the session look like this. */
  readonly switches: number;
  /** Only the mode of a browser changed with the network, as with "request desktop site". */
  readonly sameDevice: boolean;
};

/**
 * Both dimensions count: a network alone changes on every commute, a client alone with a toggle in a menu.
 *
 * New is what the session never had before, so the owner who comes back after the stranger is not reported. A stranger
 * may take two steps, first the network and then the client or the other way round: what came shortly before the other
 * changed is part of the same takeover. What differs only as one browser's modes do needs both at once.
 */
function isTakeover(change: Switch, settleMs: number): boolean {
  const { newNetwork, newClient, networkAge, clientAge, sameDevice } = change;
  if (newNetwork && newClient) return true;
  if (sameDevice) return false;
  return (newClient && networkAge < settleMs) || (newNetwork && clientAge < settleMs);
}

/** The session cookie was taken to another machine: network and client both changed within one session. */
export const hijack = defineRule<"settleMs", Evidence>({
  id: "hijack",
  title: "network and client both changed",
  fires:
    "a session goes on in a network (/24, /64) and with a client (browser family, system, form factor) both new to it",
  severity: "high",
  needs: ["userAgent", "address"],
  thresholds: {
    settleMs: {
      default: 10 * 60_000,
      unit: "ms",
      means: "a network or client that came less than this before the other changed counts as changed with it",
    },
  },
  mapsTo: ["ATT&CK T1539", "ATT&CK T1550.004"],

  start: perSession((seen, { reader, thresholds }) => {
    const takeovers = seen.openSwitches.filter((change) => isTakeover(change, thresholds.settleMs));
    const first = takeovers.find((change) => !change.sameDevice) ?? takeovers[0];
    if (first === undefined) return undefined;
    seen.explain(takeovers);
    return {
      severity: first.sameDevice ? "medium" : "high",
      ip: first.after.ip,
      firstSeenAt: takeovers[0]?.after.at,
      lastSeenAt: takeovers.at(-1)?.after.at,
      evidence: () => ({
        before: clientEvidence(first.apart ?? first.before, reader),
        after: clientEvidence(first.after, reader),
        switches: takeovers.length,
        sameDevice: first.sameDevice,
      }),
    };
  }),

  explain: (finding) => {
    const { before, after } = finding.evidence;
    return {
      summary:
        `The session went from ${inWords(before)} to ${inWords(after)}: ` +
        "somebody else may hold its token. Ask the user, or end it to be safe.",
      next: showAndRevoke(finding, "hijack"),
    };
  },
});
