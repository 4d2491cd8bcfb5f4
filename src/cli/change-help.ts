import type { HelpSection } from "./help/page.js";

/** What the help of every command that changes sessions says about how it goes about it. */
export const changeHelp: HelpSection = {
  title: "How it is done",
  rows: [
    ["one by its id", "just happens"],
    ["many", "are shown and confirmed; then exactly those are changed, and none that came meanwhile"],
    ["--all", "wants their number typed on a terminal, --yes or not; in a pipe, cron or with --no-input --yes does"],
    ["a protected profile", "wants its name typed; a read-only one changes nothing"],
    ["the trail", "has it before it happens: see sessctl trail. When that cannot be written nothing is changed"],
    ["Ctrl-C", "stops it and says how far it came. Running it again is safe"],
  ],
};
