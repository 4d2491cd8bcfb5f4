import { grouped } from "../../../core/grouped.js";
import { byMeasure } from "../by-measure.js";
import { byRule } from "../by-rule.js";
import { parameterOf } from "../parameter.js";
import { met, notObservable, type Observed, type Requirement, violated } from "../requirement.js";

/** How sessions are ended and how many there may be. */
export const ending: readonly Requirement[] = [
  {
    id: "ASVS 7.4.1",
    asks: "a session that was ended stays ended",
    level: 1,
    severity: "high",
    judge(observed) {
      if (observed.layout !== "native") return notObservable("whether the application deletes at logout is its code's");
      const policy = parameterOf(observed, "maxmemory-policy");
      if (!policy.known) return notObservable(policy.why);
      const evicting = policy.values.filter((value) => value !== "noeviction");
      return evicting.length === 0
        ? met("what ends sessions is never evicted", { maxmemoryPolicy: "noeviction" })
        : violated("Redis may evict the cutoffs that keep revoked sessions ended", { maxmemoryPolicy: evicting });
    },
  },
  {
    id: "ASVS 7.4.2",
    asks: "sessions of an account that is disabled or deleted end",
    level: 1,
    severity: "high",
    measure: {
      of: ({ user }, { policy: { disabledUsers } }) =>
        user === undefined || disabledUsers === undefined ? undefined : Number(disabledUsers.has(user)),
      most: () => 0,
    },
    judge: (observed) =>
      observed.policy.disabledUsers === undefined
        ? notObservable("which accounts are disabled is not in Redis: name them in a policy file (disabledUsers)")
        : byMeasure({
            against: () => "belong to accounts that are disabled",
            fine: () => `none of ${grouped(observed.policy.disabledUsers?.size ?? 0)} disabled accounts has a session`,
            untold: "no session tells its user",
          })(observed),
  },
  {
    id: "ASVS 7.4.5",
    asks: "operators can end the sessions of one user, and all",
    level: 2,
    severity: "medium",
    measure: {
      of: ({ user, corrupt }) => (corrupt !== undefined ? 1 : user === undefined ? undefined : 0),
      most: () => 0,
    },
    judge: (observed) =>
      // Its index names a user's sessions, those that cannot be decoded too.
      observed.layout === "native"
        ? met("sessctl revoke --user, and --all")
        : byMeasure({
            against: () => "cannot be decoded, so that ending one user's sessions misses them; all can be ended",
            fine: () => "sessions tell their users: sessctl revoke --user, and --all",
            untold: "all can be ended; of one user it is not known, since no session tells its user (see --map)",
          })(observed),
  },
  {
    id: "ASVS 7.1.2",
    asks: "the number of a user's sessions at a time is limited",
    level: 2,
    severity: "medium",
    perUser: ({ maxPerUser }) => maxPerUser,
    rules: ({ maxPerUser }) => (maxPerUser === undefined ? ["concurrent-excess"] : []),
    judge: (observed) =>
      observed.policy.maxPerUser === undefined
        ? byRule(
            "concurrent-excess",
            `no user has unusually many${ended(observed)}; how many are allowed a policy file can say (maxPerUser)`,
          )(observed)
        : byUsers(observed),
  },
];

function byUsers(observed: Observed): ReturnType<Requirement["judge"]> {
  const { policy, tally, sessions } = observed;
  const { told, against, greatest } = tally;
  const evidence = { mostOfAUser: greatest, maxPerUser: policy.maxPerUser ?? null, users: told };
  if (against > 0) {
    const why = `a user has ${greatest} sessions where ${policy.maxPerUser} are allowed: ${grouped(against)} are too many`;
    return violated(why, evidence, { sessions: tally.sessions, count: against });
  }
  if (sessions === 0) return notObservable("there are no sessions");
  if (told === 0) return notObservable("no session tells its user");
  return met(`no user has more than ${greatest}${ended(observed)}`, evidence);
}

function ended({ endedByLimit }: Observed): string {
  return endedByLimit === 0 ? "" : `, and the store's limit has ended ${grouped(endedByLimit)}`;
}
