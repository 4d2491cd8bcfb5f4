import { showAndRevoke } from "../next-commands.js";
import { perSession } from "../per-session.js";
import { defineRule } from "../rule.js";

type Evidence = {
  readonly createdAt: number | null;
  readonly ageMs: number | null;
};

/** A session that nothing will ever end. A layout that keeps no deadline has none to rely on. */
export const immortal = defineRule<never, Evidence>({
  id: "immortal",
  title: "never expires",
  fires: "a session has neither a TTL nor an absolute deadline",
  misses: "A deadline that only the application's code knows is not seen.",
  severity: "high",
  needs: ["idleEnd"],
  thresholds: {},
  mapsTo: ["ASVS 7.3.2", "CWE-613"],

  start: perSession(({ session }, { now }) => {
    const { idleEndsAt, endsAt, corrupt, createdAt } = session;
    // Of an undecodable record nobody knows whether it has a deadline; `inconsistent` reports it.
    if (corrupt !== undefined || idleEndsAt !== Infinity || (endsAt !== undefined && endsAt !== Infinity))
      return undefined;
    const created = createdAt !== undefined && Number.isFinite(createdAt) ? createdAt : null;
    return {
      ip: session.sightings.at(-1)?.ip,
      evidence: () => ({ createdAt: created, ageMs: created === null ? null : now - created }),
    };
  }),

  explain: (finding) => ({
    summary:
      "The session has no expiry at all, so a token that leaks once works for ever. " +
      "Give it a TTL in the application's session settings; this one can be ended now.",
    next: [`sessctl expire ${finding.sessions[0]?.slice(0, 8) ?? ""} --in 12h`, ...showAndRevoke(finding, "immortal")],
  }),
});
