import type { NeedName } from "./needs.js";
import type { SessionEvent } from "../core/event.js";
import type { IdStatistics } from "../core/id-statistics.js";
import type { Capabilities } from "../core/ports.js";
import type { SessionId } from "../core/token.js";
import type { Arrivals } from "./arrivals.js";
import type { Facts } from "./facts.js";
import type { Draft, Evidence, Finding } from "./finding.js";
import type { SeenSession } from "./seen-session.js";
import type { Severity } from "./severity.js";
import type { UserSessions } from "./user-sessions.js";

/** A number that operators can set. */
export interface Threshold {
  readonly default: number;
  readonly unit:
    | "ms"
    | "bytes"
    | "bits"
    | "km"
    | "kmh"
    | "sessions"
    | "clients"
    | "users"
    | "networks"
    | "ids"
    | "times"
    | "share";
  /** What it bounds, half a sentence. */
  readonly means: string;
}

/** What a rule may use while it runs. */
export interface RuleContext<Names extends string = string, E extends Evidence = Evidence> {
  /** Time of the audit (ms since 1970); rules have no clock. */
  readonly now: number;
  readonly facts: Facts;
  readonly capabilities: Capabilities;
  /** Each threshold of the rule: as configured, or its default. */
  readonly thresholds: Readonly<Record<Names, number>>;
  /** How many sessions of a user must be known before what they usually do is known. */
  readonly learning: number;
  /** How all sessions arrived, by address, filled for the rules that ask for it when they start: addresses with `least` and more. */
  readonly arrivals: (least: number) => Arrivals;
  /** Whether another rule has reported the session so far. */
  readonly isReported: (id: SessionId) => boolean;
  /** Reports something found. */
  readonly report: (draft: Draft<E>) => void;
}

/** One run of a rule over the sessions. Keeps no sessions: what it remembers is compact and bounded. */
export interface RuleRun {
  /** Called for what happened to sessions, before any of them, in order. */
  readonly hear?: (event: SessionEvent) => void;
  /** Called for every session, undecodable ones too, in no particular order. */
  readonly see?: (session: SeenSession) => void;
  /** Called before `see` of any rule, for the sessions that more than one client was seen on. */
  readonly seeSwitched?: (session: SeenSession) => void;
  /** Called for every user with all of their sessions, after `see` of each. */
  readonly seeUser?: (user: UserSessions) => void;
  /** Called once after all sessions and users were seen. */
  readonly end?: (ids: IdStatistics | undefined) => void;
}

/** A finding in words, for people. Has hostile text in it: make it safe before showing it. */
export interface Explanation {
  /** What was seen and why it matters, one or two sentences. */
  readonly summary: string;
  /** Commands to look closer and to act, most useful first. */
  readonly next: readonly string[];
}

/** Something that an audit looks for. Plain data but for `start` and `explain`; one file in `rules/` each. */
export interface Rule<Names extends string = string, E extends Evidence = Evidence> {
  /** Kebab-case, unique; never changes, since finding ids and configuration depend on it. */
  readonly id: string;
  /** What a finding says in a table: a few words. */
  readonly title: string;
  /** When it fires, one sentence, for help and documentation. */
  readonly fires: string;
  /** What it keeps quiet about on purpose, and what it cannot see: sentences for the documentation. */
  readonly misses: string;
  /** Of a finding that says nothing else. */
  readonly severity: Severity;
  /** Severities of findings that say something else, and when, for the documentation. */
  readonly otherwise?: Readonly<Partial<Record<Severity, string>>>;
  /** What a layout and the data must tell for the rule to run at all; a session without it is passed over by `start`'s checks. */
  readonly needs: readonly NeedName[];
  /** Whether it compares with the whole population, so that it says nothing about a part. */
  readonly comparesWithAll?: boolean;
  readonly thresholds: Readonly<Record<Names, Threshold>>;
  /** MITRE ATT&CK techniques, ASVS 5.0 requirements, CWE numbers. */
  readonly mapsTo: readonly string[];
  start(context: RuleContext<Names, E>): RuleRun;
  explain(finding: Finding<E>): Explanation;
}

/** Declares a rule: its thresholds and evidence are typed inside, and any rule is like any other outside. */
export function defineRule<Names extends string, E extends Evidence>(rule: Rule<Names, E>): Rule {
  // The engine hands `start` exactly the thresholds that the rule declares, and `explain` only findings of this rule.
  return rule;
}
