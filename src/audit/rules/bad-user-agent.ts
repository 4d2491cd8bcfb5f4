import { type ClientEvidence, clientEvidence } from "../client-evidence.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Problem = "missing" | "long" | "control";

type Evidence = {
  /** Every problem of any of the session's user agents. */
  readonly problems: readonly Problem[];
  /** The first client with one of them. */
  readonly client: ClientEvidence;
  /** Size of its user agent. */
  readonly bytes: number;
};

/** C0, DEL and C1, then what changes how a line reads: bidirectional controls, line and paragraph separators. */
const control = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

const words: Readonly<Record<Problem, string>> = {
  missing: "sends no user agent",
  long: "sends an overlong user agent",
  control: "sends control characters in its user agent",
};

function problemsOf(userAgent: string | undefined, maxBytes: number): readonly Problem[] {
  if (userAgent === undefined || userAgent === "") return ["missing"];
  const problems: Problem[] = [];
  if (Buffer.byteLength(userAgent) > maxBytes) problems.push("long");
  if (control.test(userAgent)) problems.push("control");
  return problems;
}

/** A user agent that no browser sends: a script, or an attack on whoever reads the logs. */
export const badUserAgent = defineRule<"maxBytes", Evidence>({
  id: "bad-user-agent",
  title: "unusual user agent",
  fires: "a session's user agent is missing, longer than any browser's, or has control characters",
  misses: "A user agent is only what a client says; a hostile one can look like any browser's.",
  severity: "low",
  needs: ["userAgent"],
  thresholds: {
    maxBytes: { default: 512, unit: "bytes", means: "the longest user agent that is not reported" },
  },
  mapsTo: [],

  start: perSession(({ session }, { facts, thresholds }) => {
    const problems = new Set<Problem>();
    let bad = undefined;
    for (const sighting of session.sightings) {
      // A sighting that tells nothing at all is an application's that keeps no clients.
      if (sighting.ip === undefined && sighting.userAgent === undefined) continue;
      const own = problemsOf(sighting.userAgent, thresholds.maxBytes);
      if (own.length > 0) bad ??= sighting;
      for (const problem of own) problems.add(problem);
    }
    if (bad === undefined) return undefined;
    return {
      ip: bad.ip,
      firstSeenAt: bad.at,
      evidence: () => ({
        problems: [...problems],
        client: clientEvidence(bad, facts),
        bytes: Buffer.byteLength(bad.userAgent ?? ""),
      }),
    };
  }),

  explain: (finding) => ({
    summary: `The client ${finding.evidence.problems.map((problem) => words[problem]).join(" and ")}; browsers never do.`,
    next: showAndRevoke(finding, "bad-user-agent"),
  }),
});
