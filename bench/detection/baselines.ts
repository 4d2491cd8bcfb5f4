import type { DirectorySession } from "../../src/core/ports.js";
import type { Sighting } from "../../src/core/session.js";

/** A way of others to look for stolen sessions: whether it raises an alert for one. */
export interface Baseline {
  readonly name: string;
  readonly about: string;
  readonly alerts: (session: DirectorySession) => boolean;
}

/** Numbers of autonomous systems by address. */
export type AsnOf = (ip: string) => number | undefined;

const windowMs = 30 * 60_000;

/** What to compare with, over the same sightings. */
export function baselines(asnOf: AsnOf, isTool: (userAgent: string) => boolean): readonly Baseline[] {
  const asn = ({ ip }: Sighting) => (ip === undefined ? undefined : (asnOf(ip) ?? ip));
  return [
    {
      name: "exact mismatch",
      about: "address or user agent differ from those at the login, as many frameworks compare them",
      alerts: ({ sightings }) => sightings.some((seen) => differs(sightings[0], seen)),
    },
    {
      name: "Panther",
      about:
        "Okta.PotentiallyStolenSession: a new address, and a user agent less than 0.95 alike to the first (difflib's ratio)",
      alerts: ({ sightings: [first, ...later] }) =>
        later.some((seen) => seen.ip !== first?.ip && likeness(first?.userAgent ?? "", seen.userAgent ?? "") < 0.95),
    },
    {
      name: "Elastic",
      about: "session token used from multiple addresses (several networks within 30 minutes), or a tool as client",
      alerts: ({ sightings }) =>
        sightings.some(({ userAgent }) => userAgent !== undefined && isTool(userAgent)) ||
        sightings.some((seen, n) => {
          const before = sightings[n - 1];
          if (before === undefined || seen.at - before.at > windowMs) return false;
          return before.ip !== seen.ip && asn(before) !== asn(seen);
        }),
    },
  ];

  function differs(first: Sighting | undefined, seen: Sighting): boolean {
    return first?.ip !== seen.ip || first?.userAgent !== seen.userAgent;
  }
}

/** Ratcliff and Obershelp's likeness of two texts, 0 to 1: twice the characters in common blocks by the sum of lengths. */
export function likeness(a: string, b: string): number {
  return a.length + b.length === 0 ? 1 : (2 * common(a, b)) / (a.length + b.length);
}

function common(a: string, b: string): number {
  if (a === "" || b === "") return 0;
  let best = 0;
  let endA = 0;
  let endB = 0;
  let row = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    const next = new Uint16Array(b.length + 1);
    for (let j = 1; j <= b.length; j++) {
      if (a[i - 1] !== b[j - 1]) continue;
      const length = (row[j - 1] ?? 0) + 1;
      next[j] = length;
      if (length > best) [best, endA, endB] = [length, i, j];
    }
    row = next;
  }
  if (best === 0) return 0;
  return best + common(a.slice(0, endA - best), b.slice(0, endB - best)) + common(a.slice(endA), b.slice(endB));
}
