import { type Command, Option } from "commander";
import type { Source } from "./resolve.js";
import { describe } from "./describe.js";
import { settings } from "./index.js";
import type { Setting } from "./setting.js";

/** Declares every setting as an option of the program. */
export function addGlobalOptions(program: Command): void {
  for (const setting of Object.values<Setting<unknown>>(settings)) {
    if (setting.flags !== undefined) program.addOption(optionOf(setting.flags, setting));
  }
}

/** The settings that were given on the command line. */
export function flagSource(program: Command): Source {
  return (setting) => {
    if (setting.flags === undefined) return undefined;
    const option = optionOf(setting.flags, setting);
    const name = option.attributeName();
    // commander turns `--no-color` into an option `color` that is on unless it is given.
    if (program.getOptionValueSource(name) !== "cli") return undefined;
    const text = option.negate ? "true" : String(program.getOptionValue(name));
    return { text, where: option.long ?? setting.flags, folder: process.cwd() };
  };
}

function optionOf(flags: string, setting: Setting<unknown>): Option {
  const option = new Option(flags, describe(setting));
  return setting.choices === undefined ? option : option.choices(setting.choices);
}
