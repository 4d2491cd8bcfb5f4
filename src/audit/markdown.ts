import { grouped } from "../core/grouped.js";
import { safe } from "../core/safe-text.js";
import { markdownText } from "../html/markdown-text.js";
import { utc } from "../html/times.js";
import { explain } from "./explain.js";
import type { Finding } from "./finding.js";
import type { PolicyReport } from "./policies/policy-report.js";
import type { AuditReport } from "./report.js";
import { severities } from "./severity.js";

/** The report in GitHub's Markdown, for a ticket or a wiki: by severity, each finding with what was seen and what to do. */
export function markdownReport({ audit, findings, notRun, policy }: AuditReport): string {
  const worst = severities.toReversed();
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return [
    "# Session audit",
    "",
    `${utc(audit.at)} UTC, ${grouped(audit.sessions)} sessions, layout ${markdownText(audit.layout)}, ${audit.rules.length} rules.`,
    "",
    `| ${worst.join(" | ")} |`,
    `| ${worst.map(() => "---:").join(" | ")} |`,
    `| ${worst.map(count).join(" | ")} |`,
    ...worst.flatMap((severity) =>
      section(
        severity,
        findings.filter((finding) => finding.severity === severity),
      ),
    ),
    ...(policy === undefined ? [] : policyLines(policy)),
    "",
    "## What stands behind it",
    "",
    ...audit.omitted.map(({ rule, findings: left }) => `- ${rule}: ${left} more findings left out`),
    ...audit.suppressed.map(({ rule, findings: left }) => `- ${rule}: ${left} dropped by an allow-list`),
    ...(audit.known === undefined ? [] : [`- ${audit.known} findings left out: the baseline has them`]),
    ...notRun.map(({ rule, why }) => `- ${rule} did not run: ${markdownText(why)}`),
    `- Rules that ran: ${audit.rules.join(", ")}`,
    `- Data on places: ${audit.data.map(({ name, date }) => `${markdownText(name)} (${markdownText(date)})`).join(", ") || "none"}`,
    "",
  ].join("\n");
}

function policyLines({ name, requirements }: PolicyReport): readonly string[] {
  return [
    "",
    `## Policy ${markdownText(name)}`,
    "",
    "| requirement | asks | state | why | sessions |",
    "| --- | --- | --- | --- | ---: |",
    ...requirements.map(
      ({ requirement, asks, state, why, count }) =>
        `| ${requirement} | ${asks} | ${state} | ${markdownText(why)} | ${count} |`,
    ),
  ];
}

function section(severity: string, findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  return ["", `## ${severity[0]?.toUpperCase()}${severity.slice(1)}`, ...findings.flatMap(findingLines)];
}

function findingLines(finding: Finding): readonly string[] {
  const { summary, next } = explain(finding);
  const session =
    finding.sessions.length === 1 ? (finding.sessions[0] ?? "").slice(0, 8) : `${finding.sessions.length} sessions`;
  const whose = finding.user === null ? "" : `, ${markdownText(finding.user)}`;
  return [
    "",
    `### ${finding.rule}: ${session}${whose}`,
    "",
    markdownText(summary),
    "",
    // In a block of code a line break alone could end it, and that is written out.
    ...next.map((command) => `    ${safe(command)}`),
  ];
}
