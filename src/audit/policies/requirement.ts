import type { DirectorySession } from "../../core/ports.js";
import type { ServerReport } from "../../core/server.js";
import type { Json } from "../../core/session.js";
import type { SessionId } from "../../core/token.js";
import type { Finding } from "../finding.js";
import type { Severity } from "../severity.js";
import type { Policy } from "./policy.js";

/** What one requirement came to. */
export interface Verdict {
  readonly state: "met" | "violated" | "not observable";
  /** Why, in a sentence without an end. */
  readonly why: string;
  readonly evidence: { readonly [name: string]: Json };
  /** Some of the sessions that violate it. */
  readonly sessions: readonly SessionId[];
  /** How many do. */
  readonly count: number;
}

/** What a session is held against. */
export interface Measure {
  /** How much a session has of what is limited, `Infinity` without an end; `undefined` where it does not tell. */
  readonly of: (
    session: DirectorySession,
    given: { readonly policy: Policy; readonly now: number },
  ) => number | undefined;
  /** Most that is allowed. */
  readonly most: (policy: Policy) => number;
}

/** What the sessions of a layout came to under a measure. */
export interface Tally {
  /** Sessions that told; where users are counted, users. */
  readonly told: number;
  /** Sessions above the limit. */
  readonly against: number;
  /** The most that any had. */
  readonly greatest: number;
  /** Some of those above it. */
  readonly sessions: readonly SessionId[];
}

/** What a rule came to. */
export interface RuleOutcome {
  readonly findings: readonly Finding[];
  /** With those beyond the ones that are kept. */
  readonly count: number;
  /** Why it could not run. */
  readonly notRun: string | undefined;
}

/** What a requirement is judged by: the sessions of one layout, and the servers. */
export interface Observed {
  readonly policy: Policy;
  readonly layout: string;
  /** Whether sessions of other layouts were looked at too. */
  readonly isOneOfSeveral: boolean;
  readonly sessions: number;
  /** What the requirement's own measure came to, or its count of users. */
  readonly tally: Tally;
  /** Sessions that the store's limit ended, as far as its events go back. */
  readonly endedByLimit: number;
  readonly rule: (id: string) => RuleOutcome;
  /** The servers, as far as they tell; a text says why there are none. */
  readonly servers: readonly ServerReport[] | string;
}

/** Something a standard asks for that sessions or their Redis can show. */
export interface Requirement {
  readonly id: string;
  /** What is asked, in our words. */
  readonly asks: string;
  /** The lowest level of ASVS 5.0.0 that asks for it. */
  readonly level?: 1 | 2 | 3;
  /** How severe a violation is. */
  readonly severity: Severity;
  /** What every session is held against. */
  readonly measure?: Measure;
  /** Most sessions of a user; `undefined` where the policy has no such limit. */
  readonly perUser?: (policy: Policy) => number | undefined;
  /** Rules that see violations in a layout. */
  readonly rules?: (policy: Policy, layout: string) => readonly string[];
  readonly judge: (observed: Observed) => Verdict;
}

/** It holds. */
export const met = (why: string, evidence: Verdict["evidence"] = {}): Verdict => ({
  state: "met",
  why,
  evidence,
  sessions: [],
  count: 0,
});

/** Nothing that can be read here says whether it holds. */
export const notObservable = (why: string): Verdict => ({ ...met(why), state: "not observable" });

/** Something is against it: the configuration, or sessions. */
export const violated = (
  why: string,
  evidence: Verdict["evidence"],
  { sessions, count }: Pick<Verdict, "sessions" | "count"> = { sessions: [], count: 0 },
): Verdict => ({ state: "violated", why, evidence, sessions, count });
