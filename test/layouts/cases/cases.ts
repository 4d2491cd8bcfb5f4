import type { DirectorySession } from "../../../src/core/ports.js";
import type { Mapping } from "../../../src/layouts/mapping.js";
import type { Fixture, FixtureKey } from "../../helpers/fixture.js";

/** What the contract suite tests a layout with. To add a layout's, write a file and add its line in `index.ts`. */
export interface LayoutCases {
  /** Name of the layout. */
  readonly layout: string;
  /** What the real framework wrote, or what was derived from its source byte by byte. */
  readonly fixture: Fixture;
  /** Applied otherwise than by default. */
  readonly prefix?: string;
  readonly mapping?: Mapping;
  readonly idleMs?: number;
  /** What each session of the fixture tells, in any order, when its TTLs count from `at` (ms since 1970). */
  readonly sessions: (at: number) => readonly ExpectedSession[];
  /**
   * Redis keeps TTLs by the system's clock, while times in records stay as they were written. The time at which the
   * sessions are read: that from which TTLs count (default), or that of the writing.
   */
  readonly readAt?: "ttls" | "writing";
  /** Keys beside the sessions, of the framework's own or of others, that are none: they are neither told nor touched. */
  readonly foreign: readonly FixtureKey[];
  /** Keys that should be sessions and cannot be read, and why. */
  readonly corrupt: readonly (FixtureKey & { readonly why: RegExp })[];
  /** Keys of the fixture that stay when every session was revoked. Default: none. */
  readonly left?: readonly string[];
}

/** A session that a fixture must tell. */
export interface ExpectedSession extends Partial<
  Pick<
    DirectorySession,
    "user" | "level" | "createdAt" | "authenticatedAt" | "lastSeenAt" | "idleEndsAt" | "endsAt" | "data"
  >
> {
  /** Address and user agent; default: none told. */
  readonly client?: { readonly ip?: string | undefined; readonly userAgent?: string | undefined };
  /** The key it is under. */
  readonly key: string;
  /** The part of the key that is in the cookie, and must be nowhere once the session is revoked. Default: what follows the last colon. */
  readonly secret?: string;
}
