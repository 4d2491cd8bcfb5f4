import { keptTokenMs, loginSkewMs } from "../../rules/fixation.js";
import { byMeasure } from "../by-measure.js";
import { byRule } from "../by-rule.js";
import { parameterOf } from "../parameter.js";
import { met, notObservable, type Requirement, violated } from "../requirement.js";

/** How tokens are made, changed and kept. */
export const tokens: readonly Requirement[] = [
  {
    id: "ASVS 7.2.3",
    asks: "tokens have 128 bits of entropy from a secure source",
    level: 1,
    severity: "high",
    rules: (_, layout) => (layout === "native" ? [] : ["weak-id"]),
    judge(observed) {
      const { layout, isOneOfSeveral } = observed;
      if (layout === "native") {
        return met("the store makes tokens of 192 bits from the system's secure source", { bits: 192 });
      }
      return isOneOfSeveral
        ? notObservable(`ids of several layouts are not told apart: look at it alone, with --layout ${layout}`)
        : byRule("weak-id", "by how they are spread, ids can have that much")(observed);
    },
  },
  {
    id: "ASVS 7.2.4",
    asks: "a login makes a new token",
    level: 1,
    severity: "high",
    measure: { of: keptTokenMs, most: () => loginSkewMs },
    judge: byMeasure({
      against: () => "kept at the login the token from before it",
      fine: () => "every session got its token at its login or after it",
      untold: "no session tells both when its user was authenticated and when its id was changed",
    }),
  },
  {
    id: "ASVS 16.2.5",
    asks: "tokens are in no log",
    level: 2,
    severity: "low",
    judge(observed) {
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
