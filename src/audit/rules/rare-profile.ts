import { Habits, type Profile, profilesOf } from "../freeman.js";
import { showAndRevoke } from "../next-commands.js";
import { defineRule } from "../rule.js";

type Evidence = {
  /** Freeman's score: how much likelier these features are for anybody than for this user. */
  readonly score: number;
  /** The score that the usual share of sessions is not above. */
  readonly usual: number;
};

/** Ids are hashes, so the least of them are a fair sample, whatever order they come in. */
const sampled = 8192;

/** A session unlike its user's others, among those that another rule reports: which to look at first. */
export const rareProfile = defineRule<"usualShare", Evidence>({
  id: "rare-profile",
  title: "unlike the user's other sessions",
  fires:
    "a session that another rule reports has an address and a user agent that are rare for its user, against all users",
  misses:
    "A rank among findings, never one by itself: beside info to critical findings of single sessions and users. A user needs enough sessions to learn from.",
  severity: "info",
  needs: ["user", "address", "userAgent"],
  comparesWithAll: true,
  thresholds: {
    usualShare: { default: 0.995, unit: "share", means: "the share of sessions whose score counts as usual" },
  },
  mapsTo: ["ATT&CK T1078"],

  start: ({ learning, isReported, thresholds, report }) => {
    const habits = new Habits();
    let sample: Profile[] = [];
    const suspects: Profile[] = [];
    return {
      seeUser({ user, count, sessions }) {
        const all = sessions();
        habits.meet();
        for (const session of all) habits.learn(session);
        if (count < learning) return;
        for (const profile of profilesOf(user, all)) {
          sample.push(profile);
          if (isReported(profile.id)) suspects.push(profile);
        }
        if (sample.length > 2 * sampled) sample = leastIds(sample);
      },
      end() {
        const scores = leastIds(sample)
          .map((profile) => habits.score(profile))
          .toSorted((a, b) => a - b);
        const usual = scores[Math.max(0, Math.ceil(thresholds.usualShare * scores.length) - 1)];
        if (usual === undefined) return;
        for (const profile of suspects) {
          const score = habits.score(profile);
          if (!(score > usual)) continue;
          const { id, user, ip, createdAt, lastSeenAt } = profile;
          report({
            subject: id,
            sessions: [id],
            user,
            ip,
            firstSeenAt: createdAt,
            lastSeenAt,
            evidence: () => ({ score: rounded(score), usual: rounded(usual) }),
          });
        }
      },
    };
  },

  explain: (finding) => ({
    summary:
      `Its address and browser are ${finding.evidence.score} times as likely for anybody as for this user, where ` +
      `${finding.evidence.usual} is already rare. Look at this one first among those that other rules report.`,
    next: showAndRevoke(finding),
  }),
});

function leastIds(profiles: readonly Profile[]): Profile[] {
  return profiles.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, sampled);
}

function rounded(score: number): number {
  return Number(score.toPrecision(3));
}
