import type { Severity } from "../severity.js";
import type { Verdict } from "./requirement.js";

/** A requirement and what it came to. */
export interface Judged extends Verdict {
  readonly requirement: string;
  readonly asks: string;
  readonly severity: Severity;
}

/** What a policy came to. */
export interface PolicyReport {
  readonly name: string;
  readonly requirements: readonly Judged[];
}
