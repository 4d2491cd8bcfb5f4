/** The audit: hand it sessions, get findings. Rules are in `rules/`, wording comes from `explain`. */
export { type AuditOptions, type AuditReport, createAudit } from "./engine.js";
export { explain } from "./explain.js";
export type { Finding } from "./finding.js";
export { rules } from "./rules/index.js";
export { compareSeverity, isAtLeast, type Severity, severities } from "./severity.js";
export type { ThresholdSettings } from "./settings.js";
