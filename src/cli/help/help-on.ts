import type { Command } from "commander";
import { didYouMean } from "../../app/nearest.js";
import { commands } from "../commands/index.js";
import { usageError } from "../errors.js";
import { topics } from "../topics/index.js";
import { commandPage } from "./command-page.js";
import type { HelpPage } from "./page.js";
import { programPage } from "./program-page.js";

/** The help on a command or a topic, without a name on the program; a usage error suggests the nearest one. */
export async function helpOn(name: string | undefined, program: Command): Promise<HelpPage> {
  if (name === undefined || name === "help") return programPage();
  const entry = commands.find((candidate) => candidate.name === name || candidate.alias === name);
  if (entry !== undefined) {
    const loaded = await entry.load();
    const command = program.commands.find((candidate) => candidate.name() === entry.name);
    if (command === undefined) throw new TypeError(`${entry.name} was not declared`);
    loaded.configure(command);
    return commandPage(command, loaded, true);
  }
  const topic = topics.find((candidate) => candidate.name === name);
  if (topic !== undefined) return await topic.load();
  const names = [...commands, ...topics].map((candidate) => candidate.name);
  const there = `Topics: ${topics.map((candidate) => candidate.name).join(", ")}.`;
  throw usageError(`there is no command or topic ${JSON.stringify(name)}`, didYouMean(name, names, there));
}
