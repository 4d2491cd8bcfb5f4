import { formatDuration } from "../../core/duration.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = { readonly ageMs: number; readonly limitMs: number };

/** A session that has lived longer than any should between two logins. */
export const overLifetime = defineRule<"absoluteMs", Evidence>({
  id: "over-lifetime",
  title: "older than its lifetime allows",
  fires: "a session's last authentication, or else its creation, is longer ago than the absolute lifetime",
  misses: "The default is the longest that NIST SP 800-63B-4 allows at all, 30 days; set your own policy's.",
  severity: "medium",
  needs: ["createdAt"],
  thresholds: {
    absoluteMs: { default: 30 * 86_400_000, unit: "ms", means: "the absolute lifetime of the policy" },
  },
  mapsTo: ["ASVS 7.3.2"],

  start: perSession(({ session }, { now, thresholds: { absoluteMs } }) => {
    const began = session.authenticatedAt ?? session.createdAt;
    const ageMs = began === undefined ? Number.NaN : now - began;
    if (!(ageMs > absoluteMs) || !Number.isFinite(ageMs)) return undefined;
    return { ip: session.sightings.at(-1)?.ip, evidence: () => ({ ageMs, limitMs: absoluteMs }) };
  }),

  explain: (finding) => {
    const { ageMs, limitMs } = finding.evidence;
    return {
      summary:
        `The session is ${formatDuration(ageMs)} old where ${formatDuration(limitMs)} are allowed: ` +
        "a token that leaked once works until somebody ends it.",
      next: showAndRevoke(finding, "over-lifetime"),
    };
  },
});
