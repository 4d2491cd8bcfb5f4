import type { SessionDirectory } from "../core/ports.js";
import type { SafeText } from "../core/safe-text.js";

/** Sessions behind their port. */
export interface OpenedSessions {
  readonly directory: SessionDirectory;
  /** Which sessions, such as `namespace sc`. */
  readonly sessions: string;
  /** What was found out about them, for people. */
  readonly notice?: SafeText | undefined;
}

/** Hears how many keys a walk has looked at, of about how many. */
export type OnLooked = (looked: number, keys: number) => void;
