import type { Command } from "commander";
import type { CommandEntry } from "../../src/cli/command.js";
import { commands } from "../../src/cli/commands/index.js";
import { declareProgram } from "../../src/cli/declare.js";
import { environment } from "../../src/cli/environment.js";
import { exitCodeMeanings, exitCodes } from "../../src/cli/exit-codes.js";
import { commandPage } from "../../src/cli/help/command-page.js";
import { programPage } from "../../src/cli/help/program-page.js";
import { code, escaped, pageMarkdown, tableMarkdown } from "./markdown.js";

/** docs/cli.md: what every command, option, exit code and environment variable is, as the program's help says it. */
export async function cliPage(): Promise<string> {
  const program = declareProgram("");
  const chapters = await Promise.all(commands.map((entry) => commandChapter(program, entry)));
  const codes = Object.entries(exitCodes).map(([name, value]) => [
    code(String(value)),
    escaped(exitCodeMeanings[name as keyof typeof exitCodes]),
  ]);
  return [
    "# The command line",
    "Made from the program by `npm run docs`; `sessctl --help` and `sessctl help COMMAND` say the same.",
    pageMarkdown(programPage(program), 2),
    ...chapters,
    `## Exit codes\n\n${tableMarkdown(["code", "means"], codes)}`,
    `## Environment\n\n${tableMarkdown(
      ["variable", "does"],
      environment.map(([name, does]) => [code(name), escaped(does)]),
    )}`,
  ].join("\n\n");
}

async function commandChapter(program: Command, { name, load }: CommandEntry): Promise<string> {
  const command = program.commands.find((candidate) => candidate.name() === name);
  if (command === undefined) throw new Error(`${name} was not declared`);
  const loaded = await load();
  loaded.configure(command);
  return `## sessctl ${name}\n\n${pageMarkdown(commandPage(command, loaded, false), 3)}`;
}
