import type { Policy } from "./policy.js";
import { requirements } from "./requirements/index.js";

const hourMs = 3_600_000;

/** The ASVS requirements of a level and those below it. */
function asvs(level: 1 | 2 | 3): readonly string[] {
  return requirements.filter((one) => one.level !== undefined && one.level <= level).map(({ id }) => id);
}

const nist = ["NIST overall", "NIST inactivity"];

/**
 * The policies that have a name. ASVS leaves the limits to the application's own analysis of risks: level 2 has those of
 * AAL2 here, level 3 those of AAL3. Those are of NIST SP 800-63B-4, 2.1.3, 2.2.3 and 2.3.3.
 */
export const policies: readonly Policy[] = [
  { name: "asvs-l1", requirements: asvs(1) },
  { name: "asvs-l2", requirements: asvs(2), idleMs: hourMs, absoluteMs: 24 * hourMs },
  { name: "asvs-l3", requirements: asvs(3), idleMs: hourMs / 4, absoluteMs: 12 * hourMs },
  { name: "nist-aal1", requirements: ["NIST overall"], absoluteMs: 30 * 24 * hourMs },
  { name: "nist-aal2", requirements: nist, idleMs: hourMs, absoluteMs: 24 * hourMs },
  { name: "nist-aal3", requirements: nist, idleMs: hourMs / 4, absoluteMs: 12 * hourMs },
];
