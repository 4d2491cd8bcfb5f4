import { parameterOf } from "../parameter.js";
import { byRules, met, notObservable, type Requirement, violated } from "../requirement.js";

/** How sessions are ended and how many there may be. */
export const ending: readonly Requirement[] = [
  {
    id: "ASVS 7.4.1",
    asks: "a session that was ended stays ended",
    severity: "high",
    rules: [],
    judge: (observed) => {
      const policy = parameterOf(observed, "maxmemory-policy");
      if (!policy.known) return notObservable(policy.why);
      if (observed.layout !== "native") return notObservable("whether the application deletes at logout is its code's");
      const evicting = policy.values.filter((value) => value !== "noeviction");
      return evicting.length === 0
        ? met("what ends sessions is never evicted", { maxmemoryPolicy: "noeviction" })
        : violated("Redis may evict the cutoffs that keep revoked sessions ended", { maxmemoryPolicy: evicting });
    },
  },
  {
    id: "ASVS 7.4.2",
    asks: "sessions of an account that is disabled or deleted end",
    severity: "high",
    rules: [],
    judge: () => notObservable("accounts are the application's, and not in Redis"),
  },
  {
    id: "ASVS 7.4.5",
    asks: "operators can end the sessions of one user, and all",
    severity: "medium",
    rules: ["concurrent-excess"],
    judge: ({ rule, layout, sessions }) => {
      if (layout === "native") return met("sessctl revoke --user, and --all");
      if (sessions === 0) return notObservable("there are no sessions");
      const lack = rule("concurrent-excess").notRun;
      return lack === undefined
        ? met("sessions tell their users: sessctl revoke --user, and --all")
        : notObservable(`all can be ended, and of one user it is not known: ${lack}`);
    },
  },
  {
    id: "ASVS 7.1.2",
    asks: "the number of a user's sessions at a time is limited",
    severity: "medium",
    rules: ["concurrent-excess"],
    judge: byRules(["concurrent-excess"]),
  },
];
