import type { Command } from "commander";
import type { LazyConnection } from "./lazy-connection.js";
import type { ExitCode } from "./exit-codes.js";
import type { Guard } from "./guard.js";
import type { HelpRow, HelpSection } from "./help/page.js";
import type { Interrupts } from "./interrupts.js";
import type { Io } from "./io.js";
import type { Settings } from "./settings/index.js";

/** What a command works with. */
export interface Context {
  readonly io: Io;
  readonly settings: Settings;
  readonly connection: LazyConnection;
  readonly interrupts: Interrupts;
  /** What the profile in use says about changes; without one nothing. */
  readonly guard?: Guard;
}

/** A command of `sessctl`. */
export interface CliCommand {
  /** `false` for one that does not use the Redis of the settings: then no file of settings can keep it from running. */
  readonly usesRedis?: false;
  /** Shown at the beginning of its help: what to type, and what that does. */
  readonly examples: readonly HelpRow[];
  /** What its help says beyond arguments and options. */
  readonly sections?: readonly HelpSection[];
  /** Declares arguments and options. */
  configure(command: Command): void;
  /** Does it. `args` are the arguments as given; `command.opts()` has the options. */
  run(context: Context, args: readonly string[], command: Command): Promise<ExitCode>;
}

/** A command's line in the registry: what the program's help says, and where the rest is. */
export interface CommandEntry {
  readonly name: string;
  readonly alias?: string;
  readonly summary: string;
  readonly load: () => Promise<CliCommand>;
}
