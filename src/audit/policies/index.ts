import type { Policy } from "./policy.js";

const hourMs = 3_600_000;
const asvs1 = ["ASVS 7.2.3", "ASVS 7.2.4", "ASVS 7.4.1", "ASVS 7.4.2", "ASVS 3.3.1"];
const asvs2 = [
  ...asvs1,
  "ASVS 7.3.1",
  "ASVS 7.3.2",
  "ASVS 7.4.5",
  "ASVS 7.1.2",
  "ASVS 3.3.2",
  "ASVS 3.3.4",
  "ASVS 16.2.5",
];
const nist = ["NIST overall", "NIST inactivity"];

/**
 * The policies that have a name. ASVS leaves the limits to the application's own analysis of risks: level 2 has those of
 * AAL2 here, level 3 those of AAL3.
 */
export const policies: readonly Policy[] = [
  { name: "asvs-l1", requirements: asvs1 },
  { name: "asvs-l2", requirements: asvs2, idleMs: hourMs, absoluteMs: 24 * hourMs },
  { name: "asvs-l3", requirements: asvs2, idleMs: hourMs / 4, absoluteMs: 12 * hourMs },
  { name: "nist-aal1", requirements: ["NIST overall"], absoluteMs: 30 * 24 * hourMs },
  { name: "nist-aal2", requirements: nist, idleMs: hourMs, absoluteMs: 24 * hourMs },
  { name: "nist-aal3", requirements: nist, idleMs: hourMs / 4, absoluteMs: 12 * hourMs },
];
