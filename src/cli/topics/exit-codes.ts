import { exitCodeMeanings, exitCodes } from "../exit-codes.js";
import type { HelpPage } from "../help/page.js";

const meanings: Readonly<Record<string, string>> = exitCodeMeanings;

/** `sessctl help exit-codes`. */
export const exitCodesTopic: HelpPage = {
  examples: [
    ["sessctl list --user alice -q || echo gone", "exit 3 when she has no session"],
    ["sessctl audit --fail-on high -q; echo $?", "10 when something is found"],
  ],
  description: "With an error, standard output is empty, but for ndjson and what was done before.",
  sections: [
    {
      title: "Exit codes",
      rows: Object.entries(exitCodes).map(([name, code]) => [String(code), meanings[name] ?? ""]),
    },
  ],
};
