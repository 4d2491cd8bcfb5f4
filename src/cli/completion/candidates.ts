import type { Argument, Command, Option } from "commander";
import { repeated } from "../values.js";
import type { Asked, Candidate } from "./asked.js";
import { valuesOf } from "./values.js";

/** What the last of the words can become: commands, options, and values of options and arguments, from the tables of the program. */
export async function candidatesFor(asked: Asked): Promise<readonly Candidate[]> {
  const { program, before, begun: last } = asked;
  const { command, operands } = await place(asked);
  const options = [...(command?.options ?? []), ...program.options];
  const assigned = /^(--[a-z-]+=)(.*)$/s.exec(last);
  if (assigned !== null) {
    const [, flag = "", value = ""] = assigned;
    const values = await ofOption(command, options, flag.slice(0, -1), { ...asked, begun: value });
    return values.map(({ value: found }) => ({ value: `${flag}${found}` }));
  }
  const open = valueFlag(options, before.at(-1));
  if (open !== undefined) return await ofOption(command, options, open, asked);
  if (last.startsWith("-")) return beginning(last, options.filter(({ hidden }) => !hidden).map(optionCandidate));
  if (command === undefined) {
    // `help` is no command of the registry: it is about them.
    const isHelp = before.includes("help");
    return beginning(last, isHelp ? await valuesOf("help topic", asked) : commandCandidates(asked));
  }
  const argument = argumentAt(command, operands);
  return argument === undefined ? [] : beginning(last, await ofArgument(command, argument, operands, asked));
}

/** The command that the words name, loaded with its options, and the arguments that they give it. */
async function place({
  program,
  commands,
  before,
}: Asked): Promise<{ readonly command: Command | undefined; readonly operands: readonly string[] }> {
  let command: Command | undefined;
  const operands: string[] = [];
  for (const [n, word] of before.entries()) {
    const options = [...(command?.options ?? []), ...program.options];
    if (word.startsWith("-") || valueFlag(options, before[n - 1]) !== undefined) continue;
    if (command !== undefined) operands.push(word);
    const entry =
      command === undefined ? commands.find(({ name, alias }) => name === word || alias === word) : undefined;
    if (entry === undefined) continue;
    command = program.commands.find((declared) => declared.name() === entry.name);
    // The one that is run is configured already.
    if (command !== undefined && command.registeredArguments.length + command.options.length === 0) {
      (await entry.load()).configure(command);
    }
  }
  return { command, operands };
}

/** The option that a word is, when a value has to follow it. */
function valueFlag(options: readonly Option[], word: string | undefined): string | undefined {
  const option = options.find(({ short, long }) => word !== undefined && (short === word || long === word));
  return option?.required === true ? (option.long ?? option.short) : undefined;
}

function argumentAt({ registeredArguments }: Command, operands: readonly string[]): Argument | undefined {
  const next = registeredArguments[operands.length];
  const last = registeredArguments.at(-1);
  return next ?? (last?.variadic === true ? last : undefined);
}

/** What the value of an option can become; of a list its last item, and none that is in it already. */
async function ofOption(
  command: Command | undefined,
  options: readonly Option[],
  flag: string,
  asked: Asked,
): Promise<readonly Candidate[]> {
  const option = options.find(({ long, short }) => long === flag || short === flag);
  const listed = option?.parseArg === repeated ? asked.begun.lastIndexOf(",") + 1 : 0;
  const items = asked.begun.slice(0, listed);
  const begun = asked.begun.slice(listed);
  const values: readonly Candidate[] =
    option?.argChoices?.map((value) => ({ value })) ??
    (await firstOf([`${command?.name()} ${flag}`, flag], { ...asked, begun }));
  const taken = new Set(items.split(","));
  const left = values.filter(({ value }) => !taken.has(value));
  const completed = beginning(begun, left);
  return items === "" ? completed : completed.map(({ value }) => ({ value: `${items}${value}` }));
}

/** The values of the first of these that has some. */
async function firstOf(keys: readonly string[], asked: Asked): Promise<readonly Candidate[]> {
  for (const key of keys) {
    const found = await valuesOf(key, asked);
    if (found.length > 0) return found;
  }
  return [];
}

async function ofArgument(
  command: Command,
  argument: Argument,
  operands: readonly string[],
  asked: Asked,
): Promise<readonly Candidate[]> {
  if (argument.argChoices !== undefined) return argument.argChoices.map((value) => ({ value }));
  const values = await firstOf([`${command.name()} ${argument.name()}`, argument.name()], asked);
  return values.filter(({ value }) => !operands.includes(value));
}

function commandCandidates({ commands }: Asked): readonly Candidate[] {
  return [
    ...commands.map(({ name, summary }) => ({ value: name, about: summary })),
    { value: "help", about: "about a command or a topic" },
  ];
}

function optionCandidate({ long, short, description }: Option): Candidate {
  return { value: long ?? short ?? "", about: description };
}

function beginning(begun: string, candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ value }) => value.startsWith(begun));
}
