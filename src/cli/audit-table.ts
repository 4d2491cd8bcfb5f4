import { type AuditReport, explain, type Finding, type Severity, severities } from "../audit/index.js";
import { safe, type SafeText } from "../core/safe-text.js";
import type { Output } from "./io.js";
import type { Style } from "./paint.js";
import { counted, joined, say } from "./say.js";
import { writePolicy } from "./policy-table.js";
import { wrapped } from "./wrap.js";

/** Findings of one rule and severity shown on a terminal; a pipe gets all. */
const shownOnTerminal = 8;

const styles: Readonly<Record<Severity, Style>> = {
  critical: "alarm",
  high: "danger",
  medium: "warning",
  low: "accent",
  info: "faint",
};

/** Writes a report for people: by severity, each finding with what was seen and the commands to try next. */
export async function writeAuditTable({ audit, findings, notRun, policy }: AuditReport, output: Output): Promise<void> {
  for (const severity of severities.toReversed()) {
    const ofSeverity = findings.filter((finding) => finding.severity === severity);
    if (ofSeverity.length > 0) await writeSeverity(severity, ofSeverity, output);
    if (output.closed) return;
  }
  if (policy !== undefined) await writePolicy(policy, output);
  const counts = severities
    .toReversed()
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => output.paint(styles[severity], say`${count} ${severity}`));
  const found = counts.length === 0 ? output.paint("good", say`nothing found`) : joined(counts, ", ");
  const looked = say`${counted(audit.sessions, "session")} audited by ${counted(audit.rules.length, "rule")}: `;
  if (audit.rules.length > 0 || policy === undefined) await output.line(joined([looked, found]));
  if (audit.known !== undefined)
    await output.line(say`${counted(audit.known, "finding")} left out: the baseline has them`);
  for (const { rule, findings: count } of audit.suppressed)
    await output.line(say`${rule}: ${count} left out, as the configuration allows`);
  if (audit.data.length > 0) {
    const sets = audit.data.map(({ kind, name, date }) => say`${kind} ${name} of ${date}`);
    await output.line(joined([say`data: `, joined(sets, ", ")]));
  }
  for (const { rule, findings: count } of audit.omitted)
    await output.line(say`${rule}: ${count} more findings left out`);
  for (const { rule, why } of notRun) await output.line(say`${rule} could not run: ${why}`);
}

async function writeSeverity(severity: Severity, findings: readonly Finding[], output: Output): Promise<void> {
  const heading = say`${severity.toUpperCase()}  ${counted(findings.length, "finding")}`;
  await output.line(output.paint(styles[severity], heading));
  await output.line(say``);
  for (const rule of new Set(findings.map((finding) => finding.rule))) {
    const ofRule = findings.filter((finding) => finding.rule === rule);
    const shown = output.isTerminal ? ofRule.slice(0, shownOnTerminal) : ofRule;
    for (const finding of shown) await output.line(findingText(finding, output));
    const rest = ofRule.length - shown.length;
    if (rest > 0) await output.line(say`  … and ${rest} more: sessctl audit --rule ${rule} | less\n`);
  }
}

function findingText(finding: Finding, { paint, isTerminal, width }: Output): SafeText {
  const { summary, next } = explain(finding);
  const [first = "", ...others] = finding.sessions;
  const head = [
    paint(styles[finding.severity], say`  ${finding.rule}`),
    paint("accent", others.length === 0 ? say`${first.slice(0, 8)}` : counted(finding.sessions.length, "session")),
    ...(finding.user === null ? [] : [safe(finding.user)]),
  ];
  return joined(
    [
      joined(head, "  "),
      ...wrapped(safe(summary), isTerminal ? width - 4 : Infinity).map((line) => say`    ${line}`),
      ...next.map((command) => joined([say`    `, paint("faint", say`$ ${command}`)])),
      say``,
    ],
    "\n",
  );
}
