import { settings } from "./settings/index.js";
import type { Setting } from "./settings/setting.js";
import type { HelpRow } from "./help/page.js";

/** Every environment variable that the program reads, and what it does. */
export const environment: readonly HelpRow[] = [
  ...Object.values<Setting<unknown>>(settings).flatMap(({ env, about }): readonly HelpRow[] =>
    env === undefined || env === "NO_COLOR" ? [] : [[env, about]],
  ),
  ["XDG_CONFIG_HOME", "the folder with sessctl/config.json in it; ~/.config where it is not set"],
  ["SUDO_USER", "who is named in the trail, where sessctl runs through sudo"],
  ["NO_COLOR", "when it is not empty, no colours; --no-color does the same"],
  ["FORCE_COLOR", "colours also where output is no terminal; 0 and false are no. NO_COLOR goes before it"],
  ["TERM", "dumb is a terminal without colours"],
];
