import { environment } from "../environment.js";
import type { HelpPage } from "../help/page.js";

/** `sessctl help environment`. */
export const environmentTopic: HelpPage = {
  examples: [
    ["SESSCTL_URL=redis://cache-1 sessctl list", "another Redis, for one command"],
    ["NO_COLOR=1 sessctl list", "without colours"],
  ],
  description:
    "An option goes before a variable, and a variable before a default. An empty variable is as good as none.",
  sections: [{ title: "Variables", rows: environment }],
};
