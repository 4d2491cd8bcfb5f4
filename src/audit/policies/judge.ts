import type { AuditReport } from "../report.js";
import type { ThresholdSettings } from "../settings.js";
import type { Policy } from "./policy.js";
import type { PolicyReport } from "./policy-report.js";
import type { Observed, Requirement } from "./requirement.js";
import { requirements } from "./requirements/index.js";

/** The rules that a policy needs, and their limits. */
export function rulesOf(policy: Policy): { readonly rules: readonly string[]; readonly thresholds: ThresholdSettings } {
  const { idleMs, absoluteMs } = policy;
  return {
    rules: [...new Set(chosen(policy).flatMap(({ rules }) => rules))],
    thresholds: {
      ...(idleMs === undefined ? {} : { "idle-too-long": { idleMs } }),
      ...(absoluteMs === undefined ? {} : { "over-lifetime": { absoluteMs } }),
    },
  };
}

/** Judges a policy by the report of an audit with its rules. */
export function judge(
  { audit, findings, notRun }: AuditReport,
  observed: Pick<Observed, "policy" | "capabilities" | "servers">,
): PolicyReport {
  const all: Observed = {
    ...observed,
    layout: audit.layout,
    sessions: audit.sessions,
    rule(id) {
      const own = findings.filter(({ rule }) => rule === id);
      const left = audit.omitted.find(({ rule }) => rule === id)?.findings ?? 0;
      return { findings: own, count: own.length + left, notRun: notRun.find(({ rule }) => rule === id)?.why };
    },
  };
  return {
    name: observed.policy.name,
    requirements: chosen(observed.policy).map(({ id, asks, severity, judge: verdictOn }) =>
      Object.assign({ requirement: id, asks, severity }, verdictOn(all)),
    ),
  };
}

function chosen(policy: Policy): readonly Requirement[] {
  return requirements.filter(({ id }) => policy.requirements.includes(id));
}
