import type { Command } from "commander";
import { addSelectors } from "./selectors.js";

/** Declares what the commands that change sessions have in common. */
export function addChangeOptions(command: Command, verb: "end" | "expire"): void {
  addSelectors(command, verb);
  command
    .option("--reason <text>", "why, kept with what is left of the sessions")
    .option("--dry-run", "only show which sessions are meant")
    .option("-y, --yes", "do not ask");
}
