import type { HelpRow } from "../help/page.js";
import { settings } from "./index.js";
import type { Setting } from "./setting.js";

/** What help says of a setting: what it is for, its values where they are few, its variable and its default. */
export function describe({ about, choices, env, fallbackText }: Setting<unknown>): string {
  return described(about, { choices, env, fallback: fallbackText });
}

/** What help says of any option: `which one (one of a, b; env: NAME; default: a)`. */
export function described(
  about: string,
  {
    choices,
    env,
    fallback,
  }: {
    readonly choices?: readonly string[] | undefined;
    readonly env?: string | undefined;
    readonly fallback?: string | undefined;
  },
): string {
  const more = [
    ...(choices === undefined ? [] : [`one of ${choices.join(", ")}`]),
    ...(env === undefined ? [] : [`env: ${env}`]),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
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
