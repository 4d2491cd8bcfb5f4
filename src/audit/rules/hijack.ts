import { type ClientEvidence, clientEvidence, inWords } from "../client-evidence.js";
import { showAndRevoke } from "../next-commands.js";
import { perSwitch } from "../per-session.js";
import { defineRule } from "../rule.js";
import type { Switch } from "../switches.js";

type Evidence = {
  /** The last sighting that differs in both. */
  readonly before: ClientEvidence;
  readonly after: ClientEvidence;
  /** How many switches of the session look like this. */
  readonly switches: number;
  /** It may be the same device on the way: in another mode, as with "request desktop site", or an app or player beside the browser. */
  readonly sameDevice: boolean;
  /** Whether the store turned the client away. */
  readonly refused: boolean;
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
    "a session goes on in a network (ASN or country; /24, /64 without data) and with a client (browser family, system, form factor) both new to it",
  misses:
    "A thief in the victim's network or with the victim's kind of browser changes one dimension only; other rules report that less gravely. One with both is not to be seen at all.",
  severity: "high",
  otherwise: {
    critical: "when it goes on in a hosting network",
    low: 'when the client may be the same device in its "desktop site" mode, or an app or player beside its browser in the same country, and the network is one that people have',
  },
  needs: ["userAgent", "address", "switches"],
  thresholds: {
    settleMs: {
      default: 10 * 60_000,
      unit: "ms",
      means: "a network or client that came less than this before the other changed counts as changed with it",
    },
  },
  mapsTo: ["ATT&CK T1539", "ATT&CK T1550.004"],

  start: perSwitch((seen, { facts, thresholds }) => {
    const takeovers = seen.openSwitches.filter((change) => isTakeover(change, thresholds.settleMs));
    const first = takeovers.find((change) => !change.sameDevice) ?? takeovers[0];
    if (first === undefined) return undefined;
    seen.explain(takeovers);
    const isHosted = takeovers.some(({ after }) => after.where?.kind === "hosting");
    // A phone asks for the desktop site on its way between people's networks; out of a VPN it seldom does both at once.
    const isMode = first.sameDevice && !isHosted && first.after.where?.kind !== "vpn";
    return {
      severity: isMode ? "low" : isHosted ? "critical" : "high",
      ip: first.after.sighting.ip,
      firstSeenAt: takeovers[0]?.after.sighting.at,
      lastSeenAt: takeovers.at(-1)?.after.sighting.at,
      evidence: () => ({
        before: clientEvidence(first.apart ?? first.before.sighting, facts),
        after: clientEvidence(first.after.sighting, facts),
        switches: takeovers.length,
        sameDevice: isMode,
        refused: takeovers.every(({ after }) => seen.isRefused(after.sighting)),
      }),
    };
  }),

  explain: (finding) => {
    const { before, after, sameDevice, refused } = finding.evidence;
    const meaning = sameDevice
      ? "A phone that asks for the desktop site on the way, or its app, looks like this; seldom does a thief."
      : refused
        ? "The store turned it away, but somebody else holds the token. End the session."
        : "Somebody else may hold its token. Ask the user, or end it to be safe.";
    return {
      summary: `The session went from ${inWords(before)} to ${inWords(after)}. ${meaning}`,
      next: showAndRevoke(finding, "hijack"),
    };
  },
});
