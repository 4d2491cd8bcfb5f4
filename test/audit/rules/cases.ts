import type { Severity, ThresholdSettings } from "../../../src/audit/index.js";
import type { SessionEvent } from "../../../src/core/event.js";
import type { IdStatistics } from "../../../src/core/id-statistics.js";
import type { Capabilities, DirectorySession } from "../../../src/core/ports.js";

/** Sessions for which a rule has one finding. */
export interface Positive {
  readonly when: string;
  readonly sessions: readonly DirectorySession[];
  readonly severity: Severity;
  /** What the finding says besides; compared as far as given. */
  readonly finding?: object;
  readonly thresholds?: ThresholdSettings;
  readonly watched?: (ip: string) => boolean;
  readonly events?: readonly SessionEvent[];
  readonly idStatistics?: () => IdStatistics;
}

/** Sessions for which a rule has none. */
export interface Negative {
  readonly when: string;
  readonly sessions: readonly DirectorySession[];
  readonly thresholds?: ThresholdSettings;
  readonly capabilities?: Partial<Capabilities>;
  readonly events?: readonly SessionEvent[];
  readonly idStatistics?: () => IdStatistics;
}

/** When a rule fires, and when it keeps quiet. The whole audit runs, so quiet may be because another rule explains it. */
export interface RuleCases {
  readonly rule: string;
  readonly fires: readonly Positive[];
  readonly quiet: readonly Negative[];
}
