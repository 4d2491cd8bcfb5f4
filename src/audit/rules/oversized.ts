import { Distribution } from "../distribution.js";
import { showAndRevoke } from "../next-commands.js";
import { defineRule } from "../rule.js";

type Evidence = { readonly bytes: number; readonly limit: number };

interface Candidate {
  readonly id: string;
  readonly user: string | undefined;
  readonly ip: string | undefined;
  readonly bytes: number;
  readonly lastSeenAt: number | undefined;
}

/** Most candidates kept; of more the largest. */
const most = 10_000;

/** A record much larger than the others. */
export const oversized = defineRule<"bytes" | "usualShare" | "times", Evidence>({
  id: "oversized",
  title: "record much larger than others",
  fires: "a session's record is larger than a limit and many times as large as nearly all others",
  misses: "Where all sessions are large, large is usual.",
  severity: "low",
  needs: ["size"],
  comparesWithAll: true,
  thresholds: {
    bytes: { default: 32 * 1024, unit: "bytes", means: "up to so many nothing is said" },
    usualShare: { default: 0.99, unit: "share", means: "the share of sessions whose size counts as usual" },
    times: { default: 8, unit: "times", means: "how many times the usual size is too much" },
  },
  mapsTo: ["CWE-770"],

  start: ({ thresholds, report }) => {
    const sizes = new Distribution();
    let candidates: Candidate[] = [];
    return {
      see({ session: { id, user, bytes, sightings, lastSeenAt } }) {
        if (bytes === undefined) return;
        // Rounded up to a quarter of a power of two: sizes are as many as sessions.
        const step = 2 ** Math.max(0, Math.floor(Math.log2(bytes + 1)) - 2);
        sizes.add(Math.ceil(bytes / step) * step);
        if (bytes <= thresholds.bytes) return;
        candidates.push({ id, user, bytes, lastSeenAt, ip: sightings.at(-1)?.ip });
        if (candidates.length > 2 * most) candidates = largest(candidates);
      },
      end() {
        const enough = sizes.size * (1 - thresholds.usualShare) >= 1;
        const usual = enough ? sizes.quantile(thresholds.usualShare) : sizes.quantile(0.5);
        const limit = Math.max(thresholds.bytes, thresholds.times * usual);
        for (const { id, user, ip, bytes, lastSeenAt } of largest(candidates)) {
          if (bytes > limit)
            report({ subject: id, sessions: [id], user, ip, lastSeenAt, evidence: () => ({ bytes, limit }) });
        }
      },
    };
  },

  explain: (finding) => {
    const { bytes, limit } = finding.evidence;
    return {
      summary:
        `The record has ${Math.ceil(bytes / 1024)} KiB where up to ${Math.floor(limit / 1024)} are usual: the application keeps too ` +
        "much in it, or somebody makes it. Every request reads it whole.",
      next: showAndRevoke(finding, "oversized"),
    };
  },
});

function largest(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => b.bytes - a.bytes || (a.id < b.id ? -1 : 1)).slice(0, most);
}
