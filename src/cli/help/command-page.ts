import type { Command, Help, Option } from "commander";
import type { CliCommand } from "../command.js";
import { described, globalRows } from "../settings/describe.js";
import type { HelpPage, HelpSection } from "./page.js";

/** The help of one command, from what it declared; `withGlobals` adds the options that every command has. */
export function commandPage(command: Command, { examples, sections = [] }: CliCommand, withGlobals: boolean): HelpPage {
  const help = command.createHelp();
  const taken: HelpSection = {
    title: "Arguments",
    rows: help.visibleArguments(command).map((one) => [help.argumentTerm(one), one.description]),
  };
  return {
    examples,
    usage: help.commandUsage(command),
    description: command.description(),
    sections: [
      taken,
      optionsSection("Options", help.visibleOptions(command), help),
      ...sections,
      ...(withGlobals ? [{ title: "Global Options", rows: globalRows() }] : []),
    ].filter(({ rows }) => rows.length > 0),
  };
}

function optionsSection(title: string, options: ReturnType<Help["visibleOptions"]>, help: Help): HelpSection {
  return { title, rows: options.map((option) => [help.optionTerm(option), aboutOption(option)]) };
}

/** In the same words as the options that every command has, and not in commander's. */
function aboutOption({ description, argChoices, defaultValue }: Option): string {
  const fallback = typeof defaultValue === "string" ? defaultValue : undefined;
  return described(description, { choices: argChoices, fallback });
}
