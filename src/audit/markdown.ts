import { grouped } from "../core/grouped.js";
import { safe } from "../core/safe-text.js";
import { markdownText } from "../html/markdown-text.js";
import { utc } from "../html/times.js";
import { explain } from "./explain.js";
import type { Finding } from "./finding.js";
import type { PolicyReport } from "./policies/policy-report.js";
import { type AuditReport, isOfPolicy } from "./report.js";
import { severities } from "./severity.js";

/** The report in GitHub's Markdown, for a ticket or a wiki: by severity, each finding with what was seen and what to do. */
export function markdownReport(report: AuditReport): string {
  const { audit, findings, notRun, policy } = report;
  const worst = severities.toReversed();
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return [
    "# Session audit",
    "",
    `${utc(audit.at)} UTC, ${grouped(audit.sessions)} sessions, layout ${markdownText(audit.layout)}${isOfPolicy(report) ? "" : `, ${audit.rules.length} rules`}.`,
    ...(isOfPolicy(report)
      ? []
      : [
          "",
          `| ${worst.join(" | ")} |`,
          `| ${worst.map(() => "---:").join(" | ")} |`,
          `| ${worst.map(count).join(" | ")} |`,
        ]),
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
    ...(audit.rules.length === 0 ? [] : [`- Rules that ran: ${audit.rules.join(", ")}`]),
    `- Data on places: ${audit.data.map(({ name, date }) => `${markdownText(name)} (${markdownText(date)})`).join(", ") || "none"}`,
    "",
  ].join("\n");
}

function policyLines({ name, requirements }: PolicyReport): readonly string[] {
  const severalLayouts = new Set(requirements.map(({ layout }) => layout)).size > 1;
  const cells = (...all: readonly (string | false)[]) => `| ${all.filter((cell) => cell !== false).join(" | ")} |`;
  return [
    "",
    `## Policy ${markdownText(name)}`,
    "",
    cells("requirement", severalLayouts && "layout", "state", "asks", "why", "sessions"),
    cells("---", severalLayouts && "---", "---", "---", "---", "---:"),
    ...(["violated", "not observable", "met"] as const)
      .flatMap((state) => requirements.filter((one) => one.state === state))
      .map(({ requirement, layout, asks, state, severity, why, count }) =>
        cells(
          requirement,
          severalLayouts && markdownText(layout),
          state === "violated" ? `**violated** (${severity})` : state,
          asks,
          markdownText(why),
          count === 0 ? "" : grouped(count),
        ),
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
