import { type Draft, type Finding, type FoundBy, toFinding } from "./finding.js";
import { compareSeverity, type Severity, severities } from "./severity.js";

/** Keeps the findings of one rule, at most `limit`: when full, the least severe make room and are only counted. */
export class Findings {
  readonly #rule: FoundBy;
  readonly #limit: number;
  readonly #bySeverity = new Map<Severity, Finding[]>(severities.map((severity) => [severity, []]));
  #kept = 0;
  #omitted = 0;

  constructor(rule: FoundBy, limit: number) {
    this.#rule = rule;
    this.#limit = limit;
  }

  /** How many findings were not kept. */
  get omitted(): number {
    return this.#omitted;
  }

  /** Makes a finding of a draft, if it is kept. */
  add(draft: Draft): void {
    const severity = draft.severity ?? this.#rule.severity;
    if (this.#kept < this.#limit) {
      this.#kept++;
    } else {
      this.#omitted++;
      if (!this.#dropBelow(severity)) return;
    }
    this.#bySeverity.get(severity)?.push(toFinding(this.#rule, draft));
  }

  /** The findings kept, in no particular order. */
  all(): readonly Finding[] {
    return [...this.#bySeverity.values()].flat();
  }

  #dropBelow(severity: Severity): boolean {
    for (const [other, kept] of this.#bySeverity) {
      if (compareSeverity(other, severity) >= 0) return false;
      if (kept.pop() !== undefined) return true;
    }
    return false;
  }
}

/** The order of a report: the most severe first, then the most recent, then by id. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareSeverity(b.severity, a.severity) ||
    (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}
