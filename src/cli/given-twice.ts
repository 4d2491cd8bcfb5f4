import type { Command, Option } from "commander";
import { usageError } from "./errors.js";
import { repeated } from "./values.js";

/** Options of which an example says how to ask for several at once, where the command has `--where`. */
const several: Readonly<Record<string, string>> = {
  "--user": `for several use --where, as in 'user in ["alice", "bob"]'`,
  "--ip": `for several use --where, as in 'inCidr(ip, "10.0.0.0/8") || inCidr(ip, "::1")'`,
  "--where": `join filters by &&, as in 'user == "alice" && idle > duration("30m")'`,
};

/**
 * Has a command refuse an option that is given twice with different values, unless it is a list (`repeated`): commander
 * takes the last, and other sessions would be shown or changed than were named first, without a word.
 */
export function refuseTwo(command: Command): void {
  for (const option of command.options) {
    if (!(option.required || option.optional) || option.parseArg === repeated) continue;
    let before: string | undefined;
    command.on(`option:${option.name()}`, (value: string | null) => {
      if (value === null) return;
      if (before !== undefined && before !== value) throw givenTwice(command, option, before, value);
      before = value;
    });
  }
}

function givenTwice(command: Command, option: Option, first: string, second: string) {
  const flag = option.long ?? option.short ?? "";
  const hasWhere = command.options.some(({ long }) => long === "--where");
  const hint = hasWhere ? several[flag] : undefined;
  // A URL may hold a password.
  const values = flag === "--url" ? "" : `: ${JSON.stringify(first)} and ${JSON.stringify(second)}`;
  return usageError(`${flag} is given twice${values}`, hint === undefined ? "Give it once." : `Give it once; ${hint}.`);
}
