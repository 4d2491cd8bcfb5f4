import type { Capabilities } from "../../core/ports.js";
import type { ServerReport } from "../../core/server.js";
import type { Json } from "../../core/session.js";
import type { SessionId } from "../../core/token.js";
import type { Finding } from "../finding.js";
import type { Severity } from "../severity.js";
import type { Policy } from "./policy.js";

/** What one requirement came to. */
export interface Verdict {
  readonly state: "met" | "violated" | "not observable";
  /** Why, in a sentence without an end. */
  readonly why: string;
  readonly evidence: { readonly [name: string]: Json };
  /** Some of the sessions that violate it. */
  readonly sessions: readonly SessionId[];
  /** How many do, or how many findings there are where a finding stands for several. */
  readonly count: number;
}

/** What a rule came to under the policy's limits. */
export interface RuleOutcome {
  readonly findings: readonly Finding[];
  /** With those beyond the ones that are kept. */
  readonly count: number;
  /** Why it could not run. */
  readonly notRun: string | undefined;
}

/** What requirements are judged by. */
export interface Observed {
  readonly policy: Policy;
  readonly layout: string;
  readonly capabilities: Capabilities;
  readonly sessions: number;
  readonly rule: (id: string) => RuleOutcome;
  /** The servers, as far as they tell; a text says why there are none. */
  readonly servers: readonly ServerReport[] | string;
}

/** Something a standard asks for that sessions or their Redis can show. */
export interface Requirement {
  readonly id: string;
  /** What is asked, in our words. */
  readonly asks: string;
  /** How severe a violation is. */
  readonly severity: Severity;
  /** Rules that see violations. */
  readonly rules: readonly string[];
  readonly judge: (observed: Observed) => Verdict;
}

/** Most sessions that a verdict names. */
const named = 20;

/** It holds. */
export const met = (why: string, evidence: Verdict["evidence"] = {}): Verdict => ({
  state: "met",
  why,
  evidence,
  sessions: [],
  count: 0,
});

/** Nothing that can be read here says whether it holds. */
export const notObservable = (why: string): Verdict => ({ ...met(why), state: "not observable" });

/** Something in the configuration is against it. */
export const violated = (why: string, evidence: Verdict["evidence"]): Verdict => ({
  ...met(why, evidence),
  state: "violated",
});

/** Judges by what rules find: one finding violates, a rule that could not run leaves it open. */
export function byRules(
  rules: readonly string[],
  counts: (finding: Finding) => boolean = () => true,
): Requirement["judge"] {
  return ({ rule, sessions }) => {
    const outcomes = rules.map((id) => ({ id, ...rule(id) }));
    const findings = outcomes.flatMap((outcome) => outcome.findings.filter(counts));
    const [first] = findings;
    if (first !== undefined) {
      const left = outcomes.reduce((sum, outcome) => sum + outcome.count - outcome.findings.length, 0);
      const ids = [...new Set(findings.flatMap((finding) => finding.sessions))];
      return {
        state: "violated",
        why: [...new Set(findings.map(({ title }) => title))].join("; "),
        evidence: first.evidence,
        sessions: ids.slice(0, named),
        count: Math.max(ids.length, findings.length) + left,
      };
    }
    if (sessions === 0) return notObservable("there are no sessions");
    const lack = outcomes.find(({ notRun }) => notRun !== undefined);
    return lack?.notRun === undefined ? met("no session is against it", { sessions }) : notObservable(lack.notRun);
  };
}
