import { usageError } from "./errors.js";
import type { Settings } from "./settings/index.js";

/** What a profile says about changes. */
export interface Guard {
  /** Name of the profile. */
  readonly profile: string;
  /** Whether its name has to be typed before anything is changed. */
  readonly protected: boolean;
  /** Whether nothing may be changed at all. */
  readonly readOnly: boolean;
}

/** What the profile in use says about changes; `undefined` when none is used. */
export function guardOf({ profile, readOnly, ...settings }: Settings): Guard | undefined {
  return profile === undefined ? undefined : { profile, readOnly, protected: settings.protected };
}

/** Throws a usage error when nothing may be changed. */
export function refuseReadOnly(guard: Guard | undefined): void {
  if (guard?.readOnly !== true) return;
  throw usageError(
    `the profile ${guard.profile} is read-only: nothing was changed`,
    "Use another profile, or --dry-run to see what would change.",
  );
}

/** Whether `--confirm` names the profile in place of a person; a usage error when it names another, or there is none to name. */
export function isNamed(guard: Guard | undefined, confirm: string | undefined): boolean {
  if (confirm === undefined) return false;
  if (guard?.profile === confirm) return true;
  const used = guard === undefined ? "no profile is used" : `the profile is ${guard.profile}`;
  throw usageError(`--confirm names ${JSON.stringify(confirm)}, and ${used}`, "See sessctl profile list.");
}
