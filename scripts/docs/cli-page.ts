import type { Command } from "commander";
import type { CommandEntry } from "../../src/cli/command.js";
import { commands } from "../../src/cli/commands/index.js";
import { declareProgram } from "../../src/cli/declare.js";
import { commandPage } from "../../src/cli/help/command-page.js";
import { programPage } from "../../src/cli/help/program-page.js";
import { topics } from "../../src/cli/topics/index.js";
import { pageMarkdown } from "./markdown.js";

/** docs/cli.md: what every command, option, exit code and environment variable is, as the program's help says it. */
export async function cliPage(): Promise<string> {
  const program = declareProgram("");
  const chapters = await Promise.all(commands.map((entry) => commandChapter(program, entry)));
  const appendix = await Promise.all(
    topics.map(async ({ name, load }) => `## ${title(name)}\n\n${pageMarkdown(await load(), 3)}`),
  );
  return [
    "# The command line",
    "Made from the program by `npm run docs`; `sessctl --help` and `sessctl help COMMAND` say the same.",
    pageMarkdown(programPage(), 2),
    ...chapters,
    ...appendix,
  ].join("\n\n");
}

async function commandChapter(program: Command, { name, load }: CommandEntry): Promise<string> {
  const command = program.commands.find((candidate) => candidate.name() === name);
  if (command === undefined) throw new Error(`${name} was not declared`);
  const loaded = await load();
  loaded.configure(command);
  return `## sessctl ${name}\n\n${pageMarkdown(commandPage(command, loaded, false), 3)}`;
}

/** `exit-codes` is Exit codes. */
function title(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1).replaceAll("-", " ")}`;
}
