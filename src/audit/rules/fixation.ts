import type { DirectorySession } from "../../core/ports.js";
import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly authenticatedAt: number;
  /** When the id was changed last, before that. */
  readonly rotatedAt: number;
  readonly level: string | null;
};

/** How far apart the two times of one login may be written, in ms. */
export const loginSkewMs = 1000;

/** How long before its login a session got the token that it kept, in ms; negative where it got a new one after, `undefined` where that is not told. */
export function keptTokenMs({ authenticatedAt, rotatedAt }: DirectorySession): number | undefined {
  if (authenticatedAt === undefined || rotatedAt === undefined) return undefined;
  const keptMs = authenticatedAt - rotatedAt;
  // What is not a time says nothing.
  return Number.isFinite(keptMs) ? keptMs : undefined;
}

/** Who knew the token before the login knows it after: the id was not changed. */
export const fixation = defineRule<"skewMs", Evidence>({
  id: "fixation",
  title: "login without a new token",
  fires: "a session was authenticated, or raised to a higher level, without a new token at or after it",
  misses:
    "A raised level is seen where the layout tells when its user was authenticated last. A layout that changes neither time tells nothing.",
  severity: "high",
  needs: ["authenticatedAt", "rotatedAt"],
  thresholds: {
    skewMs: { default: loginSkewMs, unit: "ms", means: "how far apart the two times of one login may be written" },
  },
  mapsTo: ["ASVS 7.2.4", "CWE-384"],

  start: perSession(({ session }, { thresholds: { skewMs } }) => {
    const { authenticatedAt, rotatedAt, level } = session;
    const keptMs = keptTokenMs(session);
    if (authenticatedAt === undefined || rotatedAt === undefined || keptMs === undefined || keptMs <= skewMs) {
      return undefined;
    }
    return {
      ip: session.sightings.at(-1)?.ip,
      firstSeenAt: authenticatedAt,
      evidence: () => ({ authenticatedAt, rotatedAt, level: level ?? null }),
    };
  }),

  explain: (finding) => {
    const { authenticatedAt, rotatedAt } = finding.evidence;
    return {
      summary:
        `The session was authenticated ${Math.round((authenticatedAt - rotatedAt) / 1000)} s after it got its token and kept it: ` +
        "whoever planted or saw the token before the login is logged in too. Have the application rotate at every login.",
      next: showAndRevoke(finding, "fixation"),
    };
  },
});
