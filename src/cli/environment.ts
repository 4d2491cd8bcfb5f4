import type { HelpRow } from "./help/page.js";
import { settings } from "./settings/index.js";
import type { Setting } from "./settings/setting.js";

/** Every environment variable that the program reads, and what it does: those of the settings, and those of terminals. */
export const environment: readonly HelpRow[] = [
  ...Object.values<Setting<unknown>>(settings).flatMap(({ env, flags, about }): HelpRow[] =>
    env === undefined ? [] : [[env, `${about} (as ${/--[\w-]+/.exec(flags)?.[0] ?? flags})`]],
  ),
  ["FORCE_COLOR", "colours also where output is no terminal; 0 and false are no. NO_COLOR goes before it"],
  ["TERM", "dumb is a terminal without colours"],
];
