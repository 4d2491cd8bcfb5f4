/** The audit: hand it sessions, get findings. Rules are in `rules/`, wording comes from `explain`. */
export { type Audit, type AuditOptions, createAudit } from "./engine.js";
export { type AuditReport, isOfPolicy } from "./report.js";
export { explain } from "./explain.js";
export type { Finding } from "./finding.js";
export { rules } from "./rules/index.js";
export { compareSeverity, isAtLeast, type Severity, severities } from "./severity.js";
export type { AuditSettings, ThresholdSettings } from "./settings.js";
export type { Rule } from "./rule.js";
export { policies } from "./policies/index.js";
export type { Policy } from "./policies/policy.js";
export { PolicyAudit } from "./policies/policy-audit.js";
export type { Judged, PolicyReport } from "./policies/policy-report.js";
export type { Observed } from "./policies/requirement.js";
export { requirements } from "./policies/requirements/index.js";
