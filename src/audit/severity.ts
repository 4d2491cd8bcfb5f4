/** How much a finding matters, from least to most. */
export const severities = ["info", "low", "medium", "high", "critical"] as const;

/** One of `severities`. */
export type Severity = (typeof severities)[number];

/** Compares two severities for sorting, the lesser first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

/** Whether `severity` is `floor` or more. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return compareSeverity(severity, floor) >= 0;
}
