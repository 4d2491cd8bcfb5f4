import type { HelpRow } from "../help/page.js";
import { settings } from "./index.js";
import type { Setting } from "./setting.js";

/** What help says of a setting: what it is for, its values where they are few, its variable and its default. */
export function describe({ about, choices, env, fallbackText }: Setting<unknown>): string {
  const more = [
    ...(choices === undefined ? [] : [`one of ${choices.join(", ")}`]),
    ...(env === undefined ? [] : [`env: ${env}`]),
    ...(fallbackText === undefined ? [] : [`default: ${fallbackText}`]),
  ];
  return more.length === 0 ? about : `${about} (${more.join("; ")})`;
}

/** The options that every command has, for help. */
export function globalRows(): readonly HelpRow[] {
  return [
    ["-V, --version", "the version"],
    ...Object.values<Setting<unknown>>(settings).flatMap((setting): HelpRow[] =>
      setting.flags === undefined ? [] : [[setting.flags, describe(setting)]],
    ),
  ];
}
