import type { GeoReader } from "../clients/geography/geo-reader.js";
import type { ClientReader } from "../core/binding.js";
import type { SessionEvent } from "../core/event.js";
import type { IdStatistics } from "../core/id-statistics.js";
import type { Capabilities, DirectorySession } from "../core/ports.js";
import { Arrivals } from "./arrivals.js";
import { arrivalsOf } from "./arrivals-of.js";
import { Attempts } from "./attempts.js";
import { Facts } from "./facts.js";
import { compareFindings } from "./findings.js";
import { lackOf, MetNeeds } from "./needs.js";
import type { AuditReport } from "./report.js";
import { Reports } from "./reports.js";
import type { Rule, RuleRun } from "./rule.js";
import { rules as allRules } from "./rules/index.js";
import { SeenSession } from "./seen-session.js";
import { type AuditSettings, checkSettings, chooseRules, thresholdsOf } from "./settings.js";
import { SessionsByUser } from "./user-sessions.js";

/** What an audit works with. */
export interface AuditOptions extends AuditSettings {
  /** Time of the audit, ms since 1970. */
  readonly now: number;
  readonly reader: ClientReader;
  /** Where addresses are; without it the rules that need it cannot run. */
  readonly geo?: GeoReader | undefined;
  /** Name of the sessions' layout, for the report. */
  readonly layout: string;
  readonly capabilities: Capabilities;
  /** Ids of the rules to run; default: all. */
  readonly rules?: readonly string[];
  /** Which part of all sessions is shown to the audit, where it is not all: rules that compare with all do not run. */
  readonly part?: "user" | "recent" | undefined;
  /** Since when the part is recent (ms since 1970), for the report. */
  readonly since?: number | undefined;
  /** What can be said of all ids together, once every session was walked. */
  readonly idStatistics?: (() => IdStatistics) | undefined;
  /** Most findings kept of each rule; default: 10,000. The least severe are left out first, and counted. */
  readonly maxFindingsPerRule?: number;
}

/** An audit under way: hand it the events, then every session once, then ask for the report once. */
export interface Audit {
  /** Takes in what happened, oldest first, before any session. */
  hear(event: SessionEvent): void;
  see(session: DirectorySession): void;
  /** Says that no more sessions of the users seen so far will come, so that what is kept of them can be let go. */
  endGroup(): void;
  report(): AuditReport;
}

interface Running {
  readonly rule: Rule;
  readonly run: RuleRun;
}

/** Sessions of a user that are known before what they usually do is. */
const usualLearning = 3;

/**
 * Starts an audit. Nothing a session holds stops it; memory stays small and bounded, whatever is found.
 *
 * Throws `invalid-argument` for a rule or threshold that does not exist.
 */
export function createAudit(options: AuditOptions): Audit {
  const { now, reader, geo, layout, capabilities, since, idStatistics, learning = usualLearning } = options;
  const { thresholds: settings = {}, disabled = [], maxFindingsPerRule = 10_000 } = options;
  const chosen = chooseRules(allRules, options.rules);
  checkSettings(allRules, settings);

  const facts = new Facts(reader, geo, options.trust, options.watched);
  const means = { capabilities, layout, geo, hasIdStatistics: idStatistics !== undefined };
  const reports = new Reports(facts, options, maxFindingsPerRule);
  const notRun: { rule: string; why: string }[] = [];
  const running: Running[] = [];
  let arrivals: Arrivals | undefined;
  for (const rule of chosen) {
    const why = disabled.includes(rule.id)
      ? "the configuration turned it off"
      : options.part !== undefined && rule.comparesWithAll === true
        ? `it compares with all sessions, and only ${options.part === "user" ? "one user's" : "recent ones"} were looked at`
        : lackOf(rule.needs, means);
    if (why !== undefined) {
      notRun.push({ rule: rule.id, why });
      continue;
    }
    const run = rule.start({
      now,
      facts,
      capabilities,
      learning,
      thresholds: thresholdsOf(rule, settings),
      arrivals(least) {
        arrivals ??= new Arrivals();
        arrivals.expect(least);
        return arrivals;
      },
      isReported: (id) => reports.isReported(id),
      report: reports.of(rule),
    });
    running.push({ rule, run });
  }

  const met = new MetNeeds(running.flatMap(({ rule }) => rule.needs));
  const runs = running.map(({ run }) => run);
  const hearers = runs.flatMap(({ hear }) => (hear === undefined ? [] : [hear]));
  const arriving = arrivals === undefined ? [] : [arrivalsOf(arrivals, facts)];
  const seers = [...arriving, ...runs].flatMap(({ see }) => (see === undefined ? [] : [see]));
  const switchSeers = runs.flatMap(({ seeSwitched }) => (seeSwitched === undefined ? [] : [seeSwitched]));
  const userSeers = [...arriving, ...runs].flatMap(({ seeUser }) => (seeUser === undefined ? [] : [seeUser]));
  const byUser = new SessionsByUser();
  const attempts = new Attempts();
  let sessions = 0;

  const drain = () => {
    byUser.drain((user) => {
      reports.settle(user);
      for (const seeUser of userSeers) seeUser(user);
    });
    reports.settleRest();
  };
  return {
    hear(event) {
      attempts.hear(event);
      for (const hear of hearers) hear(event);
    },
    see(session) {
      sessions++;
      met.see(session);
      const seen = new SeenSession(session, facts, attempts.of(session.id));
      if (seen.isSwitched) for (const see of switchSeers) see(seen);
      for (const see of seers) see(seen);
      byUser.add(session, seen.known);
    },
    endGroup: drain,
    report() {
      drain();
      const ids = options.part === undefined ? idStatistics?.() : undefined;
      for (const { run } of running) run.end?.(ids);

      const ran: Rule[] = [];
      for (const { rule } of running) {
        const why = sessions === 0 ? undefined : met.unmet(rule.needs);
        if (why === undefined) ran.push(rule);
        else notRun.push({ rule: rule.id, why });
      }
      const rulesRun = new Set(ran.map(({ id }) => id));
      return {
        audit: {
          at: now,
          layout,
          sessions,
          since: since ?? null,
          rules: [...rulesRun],
          data: geo?.data.map(({ kind, name, date }) => ({ kind, name, date })) ?? [],
          omitted: reports.omitted(),
          suppressed: reports.suppressed(),
        },
        findings: reports
          .all()
          .filter(({ rule }) => rulesRun.has(rule))
          .toSorted(compareFindings),
        notRun,
      };
    },
  };
}
