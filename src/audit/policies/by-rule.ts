import { grouped } from "../../core/grouped.js";
import { met, notObservable, type Requirement, violated } from "./requirement.js";

/** Judges by what a rule finds: one finding violates, a rule that could not run leaves it open. */
export function byRule(id: string, fine = "no session is against it"): Requirement["judge"] {
  return ({ rule, sessions }) => {
    const { findings, count, notRun } = rule(id);
    const [first] = findings;
    if (first !== undefined) {
      const ids = [...new Set(findings.flatMap((finding) => finding.sessions))];
      const all = Math.max(ids.length, findings.length) + count - findings.length;
      return violated(`${first.title}: ${grouped(all)} sessions`, first.evidence, { sessions: ids, count: all });
    }
    if (sessions === 0) return notObservable("there are no sessions");
    return notRun === undefined ? met(fine, { sessions }) : notObservable(notRun);
  };
}
