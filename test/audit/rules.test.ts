import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AuditReport, explain, type Finding, rules, severities } from "../../src/audit/index.js";
import type { DirectorySession } from "../../src/core/ports.js";
import { auditOf, everything, hostileSession } from "./population.js";
import { ruleCases } from "./rules/index.js";

function found(report: AuditReport, rule: string): readonly Finding[] {
  return report.findings.filter((finding) => finding.rule === rule);
}

function reversed(sessions: readonly DirectorySession[]): readonly DirectorySession[] {
  return sessions.toReversed();
}

it("every rule has cases, and every case a rule", () => {
  expect(ruleCases.map(({ rule }) => rule).toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
  expect(rules.length).toBe(26);
});

describe.each(rules)("the rule $id", (rule) => {
  const cases = ruleCases.find((candidate) => candidate.rule === rule.id);

  it("is described", () => {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rules.filter(({ id }) => id === rule.id)).toHaveLength(1);
    expect(rule.title).toMatch(/^\S.{4,48}\S$/);
    expect(rule.fires).toMatch(/^an? .{20,}[^.]$/);
    expect(rule.misses).toMatch(/^[A-Z].{20,}\.$/);
    for (const [severity, when] of Object.entries(rule.otherwise ?? {})) {
      expect(severity).not.toBe(rule.severity);
      expect(when).toMatch(/^[a-z].{5,}[^.]$/);
    }
    expect(severities).toContain(rule.severity);
    for (const item of rule.mapsTo) expect(item).toMatch(/^(ATT&CK T\d{4}(\.\d{3})?|ASVS \d+\.\d+\.\d+|CWE-\d+)$/);
    for (const [name, threshold] of Object.entries(rule.thresholds)) {
      expect(name).toMatch(/^[a-z][A-Za-z]+$/);
      expect(name.endsWith("Ms")).toBe(threshold.unit === "ms");
      expect(name.endsWith("Share")).toBe(threshold.unit === "share");
      expect(name.endsWith("Bits")).toBe(threshold.unit === "bits");
      expect(threshold.default).toBeGreaterThanOrEqual(0);
      expect(threshold.means).toMatch(/^\S.+[^.]$/);
    }
  });

  it("has cases of both kinds", () => {
    expect(cases?.fires.length).toBeGreaterThanOrEqual(2);
    expect(cases?.quiet.length).toBeGreaterThanOrEqual(2);
  });

  it.each(cases?.fires ?? [])("fires when $when", ({ sessions, severity, finding, ...given }) => {
    const report = auditOf(sessions, given);
    expect(report.notRun).not.toContainEqual(expect.objectContaining({ rule: rule.id }));
    const findings = found(report, rule.id);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity, title: rule.title, ...finding });
    expect(findings[0]?.sessions.length).toBeGreaterThan(0);
    expect(found(auditOf(reversed(sessions), given), rule.id)).toEqual(findings);
  });

  it.each(cases?.quiet ?? [])("is quiet when $when", ({ sessions, capabilities = {}, ...given }) => {
    const report = auditOf(sessions, { ...given, capabilities: { ...everything, ...capabilities } });
    expect(found(report, rule.id)).toEqual([]);
    expect(report.audit.sessions).toBe(sessions.length);
  });

  it.each(cases?.fires ?? [])("says what to do when $when", ({ sessions, ...given }) => {
    for (const finding of found(auditOf(sessions, given), rule.id)) {
      const { summary, next } = explain(finding);
      expect(summary).toMatch(/^[A-Z].{30,}\.$/s);
      expect(summary).not.toMatch(/undefined|null|NaN|\[object/);
      // What is info is looked at, and ends nothing.
      expect(next.length).toBeGreaterThanOrEqual(finding.severity === "info" ? 1 : 2);
      for (const command of next) expect(command).toMatch(/^sessctl (show|list|revoke|expire) \S/);
    }
  });

  it("survives any session, alone, and its findings are data", () => {
    fc.assert(
      fc.property(fc.array(hostileSession, { maxLength: 12 }), (sessions) => {
        const report = auditOf(sessions, { rules: [rule.id] });
        const again: unknown = JSON.parse(JSON.stringify(report));
        expect(again).toEqual(report);
        for (const finding of report.findings) {
          expect(finding.rule).toBe(rule.id);
          expect(sessions.map(({ id }) => id)).toEqual(expect.arrayContaining([...finding.sessions]));
          expect(explain(finding).summary).not.toBe("");
        }
      }),
      { numRuns: 300 },
    );
  });
});
