import { type ClientEvidence, clientEvidence, inWords } from "../client-evidence.js";
import { isSameNetwork, type Known, versionOf } from "../facts.js";
import { showAndRevoke } from "../next-commands.js";
import { perSwitch } from "../per-session.js";
import { defineRule } from "../rule.js";
import { areCompanions } from "../companions.js";
import { isSameDevice } from "../same-device.js";

type Evidence = {
  readonly one: ClientEvidence;
  readonly other: ClientEvidence;
  /** How long the two took turns. */
  readonly withinMs: number;
  /** Whether they are in different networks too. */
  readonly bothDimensions: boolean;
};

/** What tells two holders of one token apart: a browser turns neither into another one and back nor older and newer. */
function holder({ sighting }: Known): string {
  return sighting.userAgent ?? "";
}

/**
 * Whether two clients that take turns are two machines: different browsers, systems or versions, unless one may be the
 * other's desktop mode, or an app or player beside it. Whatever browsers say, two that are each at an address of their own
 * are two; a phone's app and its web view may meet on the way.
 */
function areTwo(a: Known, b: Known): boolean {
  if (areCompanions(a, b)) return false;
  if (a.sighting.ip !== undefined && b.sighting.ip !== undefined && a.sighting.ip !== b.sighting.ip) return true;
  if (isSameDevice(a, b) || isSameDevice(b, a)) return false;
  return a.client !== b.client || versionOf(a).join(".") !== versionOf(b).join(".");
}

/** Two clients take turns: two people, or machines, hold one token at the same time. */
export const flipFlop = defineRule<"windowMs", Evidence>({
  id: "flip-flop",
  title: "two clients take turns",
  fires: "a session is used by two clients in turn, A B A B, within a short time",
  misses:
    "Two holders with the same user agent to the letter are one. Of a device and its desktop mode at one address nothing is said, nor of a browser and what else its system sends with its cookies: an app, or what plays its videos.",
  severity: "high",
  otherwise: { critical: "when their networks differ too" },
  needs: ["userAgent", "switches"],
  thresholds: {
    windowMs: { default: 10 * 60_000, unit: "ms", means: "within what time the clients take turns" },
  },
  mapsTo: ["ATT&CK T1539"],

  start: perSwitch((seen, { facts, thresholds: { windowMs } }) => {
    if (seen.known.length < 4) return undefined;
    const named = seen.known.filter(({ agent }) => agent !== undefined);
    // Moves within one network or one client are no turns.
    const turns = named.filter((one, n) => n === 0 || holder(one) !== holder(named[n - 1] ?? one));
    for (let n = 0; n + 3 < turns.length; n++) {
      const [a, b, c, d] = turns.slice(n, n + 4);
      if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
      if (holder(a) !== holder(c) || holder(b) !== holder(d) || !areTwo(a, b) || !areTwo(c, d)) continue;
      const withinMs = d.sighting.at - b.sighting.at;
      if (!(withinMs >= 0 && withinMs <= windowMs)) continue;
      const involved = new Set([holder(a), holder(b)]);
      seen.explain(seen.switches.filter(({ after }) => involved.has(holder(after))));
      const bothDimensions = a.where !== undefined && b.where !== undefined && !isSameNetwork(a.where, b.where);
      return {
        severity: bothDimensions ? "critical" : "high",
        ip: b.sighting.ip,
        firstSeenAt: b.sighting.at,
        lastSeenAt: d.sighting.at,
        evidence: () => ({
          one: clientEvidence(a.sighting, facts),
          other: clientEvidence(b.sighting, facts),
          withinMs,
          bothDimensions,
        }),
      };
    }
    return undefined;
  }),

  explain: (finding) => {
    const { one, other, withinMs } = finding.evidence;
    return {
      summary:
        `${inWords(one)} and ${inWords(other)} used the session in turn within ${Math.max(1, Math.round(withinMs / 60_000))} min: ` +
        "two machines hold its token at the same time. End it; its user logs in again.",
      next: showAndRevoke(finding, "flip-flop"),
    };
  },
});
