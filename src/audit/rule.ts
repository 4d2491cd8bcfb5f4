import type { ClientReader } from "../core/binding.js";
import type { Capabilities } from "../core/ports.js";
import type { Draft, Evidence, Finding } from "./finding.js";
import type { Need } from "./needs.js";
import type { SeenSession } from "./seen-session.js";
import type { Severity } from "./severity.js";
import type { UserSessions } from "./user-sessions.js";

/** A number that operators can set. */
export interface Threshold {
  readonly default: number;
  readonly unit: "ms" | "bytes" | "sessions" | "clients" | "users" | "share";
  /** What it bounds, half a sentence. */
  readonly means: string;
}

/** What a rule may use while it runs. */
export interface RuleContext<Names extends string = string, E extends Evidence = Evidence> {
  /** Time of the audit (ms since 1970); rules have no clock. */
  readonly now: number;
  readonly reader: ClientReader;
  readonly capabilities: Capabilities;
  /** Each threshold of the rule: as configured, or its default. */
  readonly thresholds: Readonly<Record<Names, number>>;
  /** Reports something found. */
  readonly report: (draft: Draft<E>) => void;
}

/** One run of a rule over the sessions. Keeps no sessions: what it remembers is compact and bounded. */
export interface RuleRun {
  /** Called for every session, undecodable ones too, in no particular order. */
  readonly see?: (session: SeenSession) => void;
  /** Called for every user with all of their sessions. Asking for it costs the engine about 50 bytes a session. */
  readonly seeUser?: (user: UserSessions) => void;
  /** Called once after all sessions and users were seen. */
  readonly end?: () => void;
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
  /** Of a finding that says nothing else. */
  readonly severity: Severity;
  /** What a layout must tell for the rule to run at all; a session without it is passed over by `start`'s checks. */
  readonly needs: readonly Need[];
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
