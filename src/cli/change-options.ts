import type { Command } from "commander";
import { usageError } from "./errors.js";
import { addSelectors, type SelectorOptions } from "./selectors.js";

/** Options common to the commands that change sessions. */
export interface ChangeOptions extends SelectorOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly confirm?: string;
  readonly reason?: string;
  readonly wait?: string;
}

/** Longest reason: it is kept with every session that was ended. */
const longestReason = 500;

/** Declares what the commands that change sessions have in common. */
export function addChangeOptions(command: Command, verb: "end" | "expire"): void {
  addSelectors(command, verb);
  command
    .option("--reason <text>", "why, kept in the trail and with what is left of the sessions")
    .option("--dry-run", "only show which sessions are meant")
    .option("-y, --yes", "do not ask; a protected profile and --all on a terminal ask all the same")
    .option("--confirm <profile>", "the name of a protected profile, in place of typing it")
    .option("--wait <n>", "wait until n replicas have it too, for as long as --timeout says; exit 5 when fewer do");
}

/** How many replicas are to be waited for; a usage error for what is no such number. */
export function replicasOption(text: string | undefined): number | undefined {
  if (text === undefined || /^[1-9]\d{0,2}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw usageError(`--wait: ${JSON.stringify(text)} is not a number of replicas`, "Give 1 or more.");
}

/** The reason, unless it is too long. */
export function checkedReason(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= longestReason) return text;
  throw usageError(
    `--reason: it is ${text.length} characters long; at most ${longestReason} are kept`,
    "Say it shorter, or name a ticket.",
  );
}
