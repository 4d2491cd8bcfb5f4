import { type AuditReport, compareSeverity, createAudit, isAtLeast, type Severity } from "../audit/index.js";
import type { ClientReader } from "../core/binding.js";
import type { SessionDirectory } from "../core/ports.js";
import type { OnRead } from "./criteria.js";

/** What an audit looks for. */
export interface AuditRequest {
  /** Ids of the rules to run; default: all. */
  readonly rules?: readonly string[];
  /** Findings below it are left out of the report. */
  readonly severity?: Severity;
}

/** A report, and the highest severity of all that was found, also of what the report leaves out. */
export interface AuditOutcome {
  readonly report: AuditReport;
  readonly worst: Severity | undefined;
}

/** Audits every session of a directory in one walk; `onRead` hears how far it is. Throws `invalid-argument` for an unknown rule. */
export async function audit(
  directory: Pick<SessionDirectory, "layout" | "capabilities" | "walk">,
  reader: ClientReader,
  request: AuditRequest,
  now: number,
  onRead?: OnRead,
): Promise<AuditOutcome> {
  const { layout, capabilities } = directory;
  const { rules, severity = "info" } = request;
  const running = createAudit({ now, reader, layout, capabilities, ...(rules === undefined ? {} : { rules }) });
  for await (const sessions of directory.walk()) {
    for (const session of sessions) running.see(session);
    onRead?.(sessions.length);
  }
  const report = running.report();
  const worst = report.findings
    .map((finding) => finding.severity)
    .toSorted(compareSeverity)
    .at(-1);
  return {
    report: { ...report, findings: report.findings.filter((finding) => isAtLeast(finding.severity, severity)) },
    worst,
  };
}
