import { byRules, met, notObservable, type Requirement, violated } from "../requirement.js";
import { parameterOf } from "../parameter.js";

/** How tokens are made, changed and kept. */
export const tokens: readonly Requirement[] = [
  {
    id: "ASVS 7.2.3",
    asks: "tokens have 128 bits of entropy from a secure source",
    severity: "high",
    rules: ["weak-id"],
    judge: (observed) =>
      observed.layout === "native"
        ? met("the store makes tokens of 192 bits from the system's secure source", { bits: 192 })
        : byRules(["weak-id"])(observed),
  },
  {
    id: "ASVS 7.2.4",
    asks: "a login makes a new token",
    severity: "high",
    rules: ["fixation"],
    judge: byRules(["fixation"]),
  },
  {
    id: "ASVS 16.2.5",
    asks: "tokens are in no log",
    severity: "low",
    rules: [],
    judge: (observed) => {
      if (observed.layout === "native") return met("Redis gets hashes of tokens only, so its logs can hold no token");
      const slower = parameterOf(observed, "slowlog-log-slower-than");
      if (!slower.known) return notObservable(slower.why);
      const logs = slower.values.filter((value) => Number(value) >= 0);
      return logs.length === 0
        ? met("Redis keeps no slow log; logs of applications are not seen")
        : violated("keys are ids as applications send them, and Redis's slow log keeps keys", {
            slowlogLogSlowerThan: logs,
          });
    },
  },
];
