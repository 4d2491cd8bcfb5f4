import { settings, type Settings } from "./index.js";
import type { Setting } from "./setting.js";

/** A value as it was given, and where, as it is named when something is wrong with it. */
export interface Given {
  readonly text: string;
  readonly where: string;
}

/** A place that settings are given in. */
export type Source = (setting: Setting<unknown>) => Given | undefined;

/** The settings that are given in the environment. */
export function envSource(env: NodeJS.ProcessEnv): Source {
  return ({ env: name }) => {
    const text = name === undefined ? undefined : env[name];
    return name === undefined || text === undefined || text === "" ? undefined : { text, where: name };
  };
}

/** The value of every setting: from the first source that has it, else its default. A usage error for what cannot be read. */
export function resolveSettings(sources: readonly Source[]): Settings {
  const values = Object.entries<Setting<unknown>>(settings).map(([name, setting]) => {
    const given = firstOf(sources, setting);
    return [name, given === undefined ? setting.fallback : setting.parse(given.text, given.where)];
  });
  // Each value is of its own entry's type, which a list of entries cannot say.
  return Object.fromEntries(values) as Settings;
}

function firstOf(sources: readonly Source[], setting: Setting<unknown>): Given | undefined {
  for (const source of sources) {
    const given = source(setting);
    if (given !== undefined) return given;
  }
  return undefined;
}
