import { headOf } from "../../clients/head.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Problem = "corrupt" | "created-in-future" | "seen-in-future" | "seen-before-created";

type Evidence = {
  readonly problems: readonly Problem[];
  /** Why the record cannot be decoded; `null` when it can. */
  readonly corrupt: string | null;
};

const maxReason = 200;

const words: Readonly<Record<Problem, string>> = {
  corrupt: "it cannot be decoded",
  "created-in-future": "it was created in the future",
  "seen-in-future": "it was last seen in the future",
  "seen-before-created": "it was last seen before it was created",
};

/** A record that cannot be as the store would have written it. */
export const inconsistent = defineRule<"skewMs", Evidence>({
  id: "inconsistent",
  title: "record makes no sense",
  fires: "a record cannot be decoded, or its times cannot be true",
  severity: "low",
  needs: [],
  thresholds: {
    skewMs: { default: 5 * 60_000, unit: "ms", means: "how far clocks of applications may be apart" },
  },
  mapsTo: ["CWE-294"],

  start: perSession(({ session }, { now, capabilities, thresholds: { skewMs } }) => {
    const { corrupt, createdAt, lastSeenAt } = session;
    const problems: Problem[] = [];
    if (corrupt !== undefined) problems.push("corrupt");
    if (createdAt !== undefined && createdAt > now + skewMs) problems.push("created-in-future");
    if (lastSeenAt !== undefined && lastSeenAt > now + skewMs) problems.push("seen-in-future");
    // A last activity worked out from the TTL is wrong as soon as somebody shortens the TTL.
    const exact = capabilities.lastSeen === "exact";
    if (exact && createdAt !== undefined && lastSeenAt !== undefined && lastSeenAt < createdAt - skewMs) {
      problems.push("seen-before-created");
    }
    if (problems.length === 0) return undefined;
    return {
      ip: session.sightings.at(-1)?.ip,
      evidence: () => ({ problems, corrupt: corrupt === undefined ? null : headOf(corrupt, maxReason) }),
    };
  }),

  explain: (finding) => ({
    summary:
      `The stored session is not as the store writes it: ${finding.evidence.problems.map((problem) => words[problem]).join(", ")}. ` +
      "Another program may be writing under its keys, or a clock is wrong.",
    next: showAndRevoke(finding, "corrupt"),
  }),
});
