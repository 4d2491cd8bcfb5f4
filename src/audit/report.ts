import type { GeoKind } from "../clients/geography/geo-reader.js";
import type { Finding } from "./finding.js";
import type { PolicyReport } from "./policies/policy-report.js";

/** What an audit found, in the form of `-o json`. */
export interface AuditReport {
  readonly audit: {
    readonly at: number;
    readonly layout: string;
    /** How many sessions were looked at. */
    readonly sessions: number;
    /** Since when, where only what happened lately was looked at; else `null`. */
    readonly since: number | null;
    /** Ids of the rules that ran. */
    readonly rules: readonly string[];
    /** Data sets the rules used and their dates. */
    readonly data: readonly { readonly kind: GeoKind; readonly name: string; readonly date: string }[];
    /** Findings beyond `maxFindingsPerRule`; empty as a rule. */
    readonly omitted: readonly RuleCount[];
    /** Findings that an allow-list dropped. */
    readonly suppressed: readonly RuleCount[];
    /** Findings left out since an earlier report has them; `undefined` without one. */
    readonly known?: number | undefined;
  };
  /** The most severe first, then the most recent. */
  readonly findings: readonly Finding[];
  /** Rules that could not judge, and why. */
  readonly notRun: readonly { readonly rule: string; readonly why: string }[];
  /** What the policy came to; `undefined` when none was asked for. */
  readonly policy?: PolicyReport | undefined;
}

/** So many findings of one rule. */
export interface RuleCount {
  readonly rule: string;
  readonly findings: number;
}

/** Whether nothing but a policy was judged. */
export function isOfPolicy({ audit, findings, policy }: AuditReport): boolean {
  return policy !== undefined && audit.rules.length === 0 && findings.length === 0;
}
