import type { DirectorySession } from "../../src/core/ports.js";

/** A session as a directory gives it, with what a test says and ordinary values for the rest. */
export function directorySession(given: Partial<DirectorySession> = {}): DirectorySession {
  const createdAt = given.createdAt ?? 1_000_000;
  return {
    id: "a3f09c2e".padEnd(32, "0"),
    layout: "native",
    corrupt: undefined,
    user: "alice",
    level: undefined,
    createdAt,
    authenticatedAt: createdAt,
    rotatedAt: createdAt,
    lastSeenAt: createdAt,
    idleEndsAt: createdAt + 30 * 60_000,
    endsAt: createdAt + 12 * 3_600_000,
    sightings: [],
    data: {},
    bytes: 100,
    ...given,
  };
}
