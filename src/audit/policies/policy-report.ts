import type { SessionId } from "../../core/token.js";
import type { Severity } from "../severity.js";
import type { Verdict } from "./requirement.js";

/** A requirement and what it came to for the sessions of one layout. */
export interface Judged extends Verdict {
  readonly requirement: string;
  readonly layout: string;
  readonly asks: string;
  readonly severity: Severity;
}

/** What a policy came to. */
export interface PolicyReport {
  readonly name: string;
  readonly requirements: readonly Judged[];
  /** Every session against any of them, each once. */
  readonly inViolation: Iterable<SessionId>;
}
