import type { HelpRow } from "./help/page.js";

/** Every environment variable that the program reads, and what it does. */
export const environment: readonly HelpRow[] = [
  ["SESSCTL_URL", "which Redis, where --url is not given"],
  ["NO_COLOR", "when it is not empty, no colours; --no-color does the same"],
  ["FORCE_COLOR", "colours also where output is no terminal; 0 and false are no. NO_COLOR goes before it"],
  ["TERM", "dumb is a terminal without colours"],
];
