import { usageError } from "./errors.js";

/** What a profile says about changes. */
export interface Guard {
  /** Name of the profile. */
  readonly profile: string;
  /** Whether its name has to be typed before anything is changed. */
  readonly protected: boolean;
  /** Whether nothing may be changed at all. */
  readonly readOnly: boolean;
}

/** Throws a usage error when nothing may be changed. */
export function refuseReadOnly(guard: Guard | undefined): void {
  if (guard?.readOnly !== true) return;
  throw usageError(
    `the profile ${guard.profile} is read-only: nothing was changed`,
    "Use another profile, or --dry-run to see what would change.",
  );
}
