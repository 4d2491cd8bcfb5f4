import { byRules, met, type Requirement } from "../requirement.js";

const idle: Pick<Requirement, "severity" | "rules" | "judge"> = {
  severity: "medium",
  rules: ["idle-too-long"],
  judge: (observed) =>
    observed.policy.idleMs === undefined ? met("the policy sets no limit") : byRules(["idle-too-long"])(observed),
};

const overall: Pick<Requirement, "severity" | "rules" | "judge"> = {
  severity: "medium",
  rules: ["immortal", "over-lifetime"],
  judge: (observed) => byRules(observed.policy.absoluteMs === undefined ? ["immortal"] : overall.rules)(observed),
};

/** How long sessions may be. */
export const lifetimes: readonly Requirement[] = [
  { id: "ASVS 7.3.1", asks: "a session ends after a time without a request", ...idle },
  { id: "ASVS 7.3.2", asks: "a session ends after a time, whatever happens in it", ...overall },
  { id: "NIST overall", asks: "a login is repeated within the overall limit of SP 800-63B-4", ...overall },
  { id: "NIST inactivity", asks: "a login is repeated after the inactivity limit of SP 800-63B-4", ...idle },
];
