import { type AuditReport, explain, isAtLeast } from "../../src/audit/index.js";
import type { DirectorySession } from "../../src/core/ports.js";
import type { Lived } from "./drive.js";
import { unobservable } from "./life.js";

/** Every attack that no alert named, with what was found below medium severity, every alert of honest sessions only, and what named a clone all the same. */
export function mistakesText(
  lived: readonly Lived[],
  { findings }: AuditReport,
  sessions: readonly DirectorySession[],
): string {
  const stored = new Map(sessions.map((session) => [session.id, session]));
  const truth = new Map(lived.flatMap((one) => one.ids.map((id) => [id, one])));
  const alerts = findings.filter(({ severity }) => isAtLeast(severity, "medium"));
  const named = new Set(alerts.flatMap((alert) => alert.sessions));
  const lines: string[] = [];
  for (const { life, ids } of lived) {
    if (life.attack === undefined || life.attack.kind === unobservable || ids.some((id) => named.has(id))) continue;
    lines.push(`missed: ${life.attack.kind} ${life.attack.number}`);
    for (const id of ids) lines.push(...sightingsOf(stored.get(id)));
    const below = findings.filter((finding) => finding.sessions.some((id) => ids.includes(id)));
    for (const finding of below) lines.push(`  ${finding.severity} ${finding.rule}: ${explain(finding).summary}`);
  }
  for (const alert of alerts) {
    const lives = alert.sessions.flatMap((id) => truth.get(id)?.life ?? []);
    if (lives.some(({ attack }) => attack?.kind === unobservable)) {
      lines.push(`by chance: ${unobservable}: ${alert.severity} ${alert.rule}: ${explain(alert).summary}`);
    }
    if (lives.some(({ attack }) => attack !== undefined)) continue;
    lines.push(`false: ${lives.map(({ churn }) => churn).join(", ")}: ${alert.severity} ${alert.rule}`);
    for (const id of alert.sessions.slice(0, 3)) lines.push(...sightingsOf(stored.get(id)));
  }
  return `${lines.join("\n")}\n`;
}

function sightingsOf(session: DirectorySession | undefined): readonly string[] {
  return (session?.sightings ?? []).map(
    ({ at, ip, userAgent }) => `  ${new Date(at).toISOString()} ${ip ?? "?"} ${userAgent ?? "?"}`,
  );
}
