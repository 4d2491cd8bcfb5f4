import type { Command } from "commander";
import type { CommandEntry } from "../command.js";

/** Something that a word can become, and what that is. */
export interface Candidate {
  readonly value: string;
  readonly about?: string;
}

/** What is known where a word is to be completed. */
export interface Asked {
  readonly program: Command;
  readonly commands: readonly CommandEntry[];
  /** The words before it. */
  readonly before: readonly string[];
  /** What is there of it, or of the value that it ends with. */
  readonly begun: string;
  readonly env: NodeJS.ProcessEnv;
}
