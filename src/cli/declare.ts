import { Command } from "commander";
import type { CommandEntry } from "./command.js";
import { commands } from "./commands/index.js";
import { addGlobalOptions } from "./settings/options.js";

/** The program with its global options and every command's name; what a command takes is declared when it is loaded. */
export function declareProgram(version: string): Command {
  const program = new Command("sessctl")
    .version(version, "-V, --version", "the version")
    .helpOption("-h, --help", "this help; after a command, that command's")
    .helpCommand(false);
  addGlobalOptions(program);
  for (const entry of commands) addCommand(program, entry);
  return program;
}

function addCommand(program: Command, { name, alias, summary }: CommandEntry): void {
  const command = program.command(name).description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`);
  if (alias !== undefined) command.alias(alias);
}
