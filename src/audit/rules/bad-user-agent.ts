import { boundedCache } from "../../clients/bounded-cache.js";
import type { Sighting } from "../../core/session.js";
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

const missing: readonly Problem[] = ["missing"];

/** Distinct user agents whose problems are remembered: browsers' are few. */
const remembered = 1024;

/** Tells what is wrong with a user agent, and looks at each but once. */
function problemFinder(maxBytes: number): (userAgent: string | undefined) => readonly Problem[] {
  const problemsOf = (userAgent: string): readonly Problem[] => [
    ...(Buffer.byteLength(userAgent) > maxBytes ? (["long"] as const) : []),
    ...(control.test(userAgent) ? (["control"] as const) : []),
  ];
  const cached = boundedCache(remembered, problemsOf);
  return (userAgent) => {
    if (userAgent === undefined || userAgent === "") return missing;
    // What is too long is not worth its memory.
    return userAgent.length > maxBytes ? problemsOf(userAgent) : cached(userAgent);
  };
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

  start(context) {
    const problemsOf = problemFinder(context.thresholds.maxBytes);
    return perSession<"maxBytes", Evidence>(({ session }, { facts }) => {
      // A sighting that tells nothing at all is an application's that keeps no clients.
      const isBad = ({ ip, userAgent }: Sighting) =>
        (ip !== undefined || userAgent !== undefined) && problemsOf(userAgent).length > 0;
      const bad = session.sightings.find(isBad);
      if (bad === undefined) return undefined;
      return {
        ip: bad.ip,
        firstSeenAt: bad.at,
        evidence: () => ({
          problems: [...new Set(session.sightings.filter(isBad).flatMap(({ userAgent }) => problemsOf(userAgent)))],
          client: clientEvidence(bad, facts),
          bytes: Buffer.byteLength(bad.userAgent ?? ""),
        }),
      };
    })(context);
  },

  explain: (finding) => ({
    summary: `The client ${finding.evidence.problems.map((problem) => words[problem]).join(" and ")}; browsers never do.`,
    next: showAndRevoke(finding, "bad-user-agent"),
  }),
});
