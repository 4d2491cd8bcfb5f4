import { sameField } from "./field-name.js";
import { SessctlError } from "../core/errors.js";
import type { DirectorySession } from "../core/ports.js";

/** Something sessions can be sorted by. */
export interface SortKey {
  /** As in JSON output. */
  readonly name: string;
  /** Whether the usual order begins with the largest, as for what happened last. */
  readonly largestFirst: boolean;
  readonly of: (session: DirectorySession) => string | number | undefined;
}

/** Every sort key. To add one, add a line. */
export const sortKeys: readonly SortKey[] = [
  { name: "lastSeenAt", largestFirst: true, of: ({ lastSeenAt }) => lastSeenAt },
  { name: "createdAt", largestFirst: true, of: ({ createdAt }) => createdAt },
  { name: "authenticatedAt", largestFirst: true, of: ({ authenticatedAt }) => authenticatedAt },
  { name: "idleEndsAt", largestFirst: false, of: ({ idleEndsAt }) => idleEndsAt },
  { name: "endsAt", largestFirst: false, of: ({ endsAt }) => endsAt },
  { name: "user", largestFirst: false, of: ({ user }) => user },
  { name: "level", largestFirst: false, of: ({ level }) => level },
  { name: "ip", largestFirst: false, of: ({ sightings }) => sightings.at(-1)?.ip },
  { name: "userAgent", largestFirst: false, of: ({ sightings }) => sightings.at(-1)?.userAgent },
  { name: "sightingCount", largestFirst: true, of: ({ sightings }) => sightings.length },
  { name: "size", largestFirst: true, of: ({ bytes }) => bytes },
  { name: "id", largestFirst: false, of: ({ id }) => id },
];

/** The order of a list when none is asked for: most recently active first. */
export const defaultSort = "lastSeenAt";

/** The sort key with this name, in any case, with or without dashes and the final `At`; `invalid-argument` names the valid ones. */
export function sortKey(name: string): SortKey {
  const key = sortKeys.find((candidate) => sameField(candidate.name, name));
  if (key !== undefined) return key;
  throw new SessctlError("invalid-argument", `cannot sort by ${JSON.stringify(name)}`, {
    hint: `Sort keys: ${sortKeys.map((candidate) => candidate.name).join(", ")}.`,
  });
}

/** Compares by a key, what has no value last in either direction, and equal ones by id, so that the order is always the same. */
export function comparison(key: SortKey, reverse: boolean): (a: DirectorySession, b: DirectorySession) => number {
  const sign = key.largestFirst === reverse ? 1 : -1;
  return (a, b) => {
    const [x, y] = [key.of(a), key.of(b)];
    if (x !== y) {
      if (x === undefined) return 1;
      if (y === undefined) return -1;
      return x < y ? -sign : sign;
    }
    return a.id < b.id ? -1 : Number(a.id !== b.id);
  };
}
