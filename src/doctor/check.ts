import type { IndexReport } from "../core/indexes.js";
import type { Reading, ServerReport } from "../core/server.js";
import type { Json } from "../core/session.js";
import type { SessionId } from "../core/token.js";

/** What a check comes to. `unknown`: the server does not tell what it would take. */
export type Verdict = "ok" | "warning" | "failure" | "unknown";

/** Where a check stands in a report. */
export type Group = "memory" | "persistence" | "access" | "server" | "replication" | "indexes";

/** Every group, in the order of a report. */
export const groups: readonly Group[] = ["memory", "persistence", "access", "server", "replication", "indexes"];

/** One step of a fix: a command for redis-cli, a line of redis.conf, a command for a shell, or words. */
export interface Step {
  readonly in: "redis" | "config" | "shell" | "words";
  readonly text: string;
}

/** What one check saw in one place. */
export interface Outcome {
  readonly verdict: Verdict;
  /** What was seen, half a sentence for people. */
  readonly saw: string;
  /** The same for programs. */
  readonly facts: { readonly [name: string]: Json };
  /** What to do about it; empty when there is nothing to do. */
  readonly fix: readonly Step[];
  /** Sessions concerned, a few of them. */
  readonly sessions?: readonly SessionId[];
}

/** What everything is judged by beside what was read. */
export interface CheckContext {
  /** By the clock of this machine, ms since 1970. */
  readonly now: number;
  readonly namespace: string;
  /** All that were reached. */
  readonly servers: readonly ServerReport[];
}

interface CheckText {
  /** Stable, in kebab-case. */
  readonly id: string;
  readonly group: Group;
  /** A few words. */
  readonly title: string;
  /** One sentence: what goes wrong with sessions otherwise. */
  readonly why: string;
}

/** A check of each server by itself; `undefined` where it does not apply. */
export interface ServerCheck extends CheckText {
  readonly of: "server";
  readonly examine: (server: ServerReport, context: CheckContext) => Outcome | undefined;
}

/** A check of the indexes of a namespace. */
export interface IndexCheck extends CheckText {
  readonly of: "indexes";
  readonly examine: (indexes: IndexReport) => Outcome;
}

/** One check: pure, over what was read. */
export type Check = ServerCheck | IndexCheck;

/** An outcome of which nothing has to be fixed. */
export function ok(saw: string, facts: Outcome["facts"] = {}): Outcome {
  return { verdict: "ok", saw, facts, fix: [] };
}

/** An outcome that something is to be done about. */
export function wrong(
  verdict: "warning" | "failure",
  saw: string,
  facts: Outcome["facts"],
  fix: readonly Step[],
): Outcome {
  return { verdict, saw, facts, fix };
}

/** The outcome of a check whose question the server does not answer. */
export function unknown(why: string, facts: Outcome["facts"] = {}): Outcome {
  return { verdict: "unknown", saw: why, facts, fix: [] };
}

/** Why a reading failed; to be asked of one that did. */
export function whyUnknown(reading: Reading<unknown>): string {
  return reading.known ? "the server does not tell" : reading.why;
}
