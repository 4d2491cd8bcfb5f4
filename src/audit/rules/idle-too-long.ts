import { formatDuration } from "../../core/duration.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = { readonly idleMs: number; readonly limitMs: number };

/** A session that nobody uses and that still opens. */
export const idleTooLong = defineRule<"idleMs" | "graveMs", Evidence>({
  id: "idle-too-long",
  title: "unused for long, still open",
  fires: "a session has had no request for longer than the inactivity limit and is still open",
  misses:
    "A week by default, since people are remembered for so long; set your own policy's. Where only the TTL tells, it is as exact as that.",
  severity: "low",
  otherwise: { medium: "beyond a month" },
  needs: ["lastSeenAt"],
  thresholds: {
    idleMs: { default: 7 * 86_400_000, unit: "ms", means: "the inactivity limit of the policy" },
    graveMs: { default: 30 * 86_400_000, unit: "ms", means: "from so long on it is medium" },
  },
  mapsTo: ["ASVS 7.3.1"],

  start: perSession(({ session }, { now, thresholds }) => {
    const idleMs = session.lastSeenAt === undefined ? Number.NaN : now - session.lastSeenAt;
    if (!(idleMs > thresholds.idleMs) || !Number.isFinite(idleMs)) return undefined;
    return {
      severity: idleMs > thresholds.graveMs ? "medium" : "low",
      ip: session.sightings.at(-1)?.ip,
      evidence: () => ({ idleMs, limitMs: thresholds.idleMs }),
    };
  }),

  explain: (finding) => {
    const { idleMs, limitMs } = finding.evidence;
    return {
      summary:
        `The session had its last request ${formatDuration(idleMs)} ago where ${formatDuration(limitMs)} are allowed: ` +
        "its user is gone, and whoever finds the device is logged in.",
      next: showAndRevoke(finding, "idle-too-long"),
    };
  },
});
