import type { ClientReader } from "../core/binding.js";
import type { Capabilities, DirectorySession } from "../core/ports.js";
import type { Finding } from "./finding.js";
import { compareFindings, Findings } from "./findings.js";
import { lackOf, MetNeeds } from "./needs.js";
import type { Rule, RuleRun } from "./rule.js";
import { rules as allRules } from "./rules/index.js";
import { SeenSession } from "./seen-session.js";
import { checkSettings, chooseRules, type ThresholdSettings, thresholdsOf } from "./settings.js";
import { SessionsByUser } from "./user-sessions.js";

/** What an audit works with. */
export interface AuditOptions {
  /** Time of the audit, ms since 1970. */
  readonly now: number;
  readonly reader: ClientReader;
  /** Name of the sessions' layout, for the report. */
  readonly layout: string;
  readonly capabilities: Capabilities;
  /** Ids of the rules to run; default: all. */
  readonly rules?: readonly string[];
  readonly thresholds?: ThresholdSettings;
  /** Most findings kept of each rule; default: 10,000. The least severe are left out first, and counted. */
  readonly maxFindingsPerRule?: number;
}

/** What an audit found, in the form of `-o json`. */
export interface AuditReport {
  readonly audit: {
    readonly at: number;
    readonly layout: string;
    /** How many sessions were looked at. */
    readonly sessions: number;
    /** Ids of the rules that ran. */
    readonly rules: readonly string[];
    /** Data sets the rules used, such as geography, and their dates. */
    readonly data: readonly { readonly name: string; readonly date: string }[];
    /** Findings beyond `maxFindingsPerRule`; empty as a rule. */
    readonly omitted: readonly { readonly rule: string; readonly findings: number }[];
  };
  /** The most severe first, then the most recent. */
  readonly findings: readonly Finding[];
  /** Rules that could not judge, and why. */
  readonly notRun: readonly { readonly rule: string; readonly why: string }[];
}

/** An audit under way: hand it every session once, in any order, then ask for the report once. */
export interface Audit {
  see(session: DirectorySession): void;
  report(): AuditReport;
}

interface Running {
  readonly rule: Rule;
  readonly run: RuleRun;
  readonly findings: Findings;
}

/**
 * Starts an audit. Nothing a session holds stops it; memory stays small and bounded, whatever is found.
 *
 * Throws `invalid-argument` for a rule or threshold that does not exist.
 */
export function createAudit(options: AuditOptions): Audit {
  const { now, reader, layout, capabilities, thresholds: settings = {}, maxFindingsPerRule = 10_000 } = options;
  const chosen = chooseRules(allRules, options.rules);
  checkSettings(allRules, settings);

  const notRun: { rule: string; why: string }[] = [];
  const running: Running[] = [];
  for (const rule of chosen) {
    const why = lackOf(rule.needs, capabilities, layout);
    if (why !== undefined) {
      notRun.push({ rule: rule.id, why });
      continue;
    }
    const findings = new Findings(rule, maxFindingsPerRule);
    const run = rule.start({
      now,
      reader,
      capabilities,
      thresholds: thresholdsOf(rule, settings),
      report: (draft) => findings.add(draft),
    });
    running.push({ rule, run, findings });
  }

  const met = new MetNeeds(running.flatMap(({ rule }) => rule.needs));
  const seers = running.flatMap(({ run }) => (run.see === undefined ? [] : [run.see]));
  const userSeers = running.flatMap(({ run }) => (run.seeUser === undefined ? [] : [run.seeUser]));
  const byUser = userSeers.length === 0 ? undefined : new SessionsByUser(reader);
  let sessions = 0;

  return {
    see(session) {
      sessions++;
      met.see(session);
      byUser?.add(session);
      const seen = new SeenSession(session, reader);
      for (const see of seers) see(seen);
    },
    report() {
      byUser?.drain((user) => {
        for (const seeUser of userSeers) seeUser(user);
      });
      for (const { run } of running) run.end?.();

      const ran: Running[] = [];
      for (const one of running) {
        const why = sessions === 0 ? undefined : met.unmet(one.rule.needs);
        if (why === undefined) ran.push(one);
        else notRun.push({ rule: one.rule.id, why });
      }
      return {
        audit: {
          at: now,
          layout,
          sessions,
          rules: ran.map(({ rule }) => rule.id),
          data: [],
          omitted: ran
            .map(({ rule, findings }) => ({ rule: rule.id, findings: findings.omitted }))
            .filter(({ findings }) => findings > 0),
        },
        findings: ran.flatMap(({ findings }) => findings.all()).toSorted(compareFindings),
        notRun,
      };
    },
  };
}
