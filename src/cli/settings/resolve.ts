import { usageError } from "../errors.js";
import { settings, type SettingName, type Settings } from "./index.js";
import type { Setting } from "./setting.js";

/** A value as it was given, and where, as it is named when something is wrong with it. */
export interface Given {
  readonly text: string;
  readonly where: string;
  /** The folder that relative paths in it begin in. */
  readonly folder: string;
}

/** A place that settings are given in. */
export type Source = (setting: Setting<unknown>) => Given | undefined;

/** The places that settings are given in, the first before all others. `profile` gives one that is named in any of them. */
export interface Sources {
  readonly flags: Source;
  readonly env: Source;
  readonly project: Source;
  readonly user: Source;
  readonly profile: (name: string, where: string) => Source;
}

/** Where nothing is given. */
export const noSource: Source = () => undefined;

/** The settings that are given in the environment. */
export function envSource(env: NodeJS.ProcessEnv): Source {
  return ({ env: name }) => {
    const text = name === undefined ? undefined : env[name];
    if (name === undefined || text === undefined || text === "") return undefined;
    return { text, where: name, folder: process.cwd() };
  };
}

/** What is given of each setting, and where; a setting that is given nowhere is left out. */
export type Givens = ReadonlyMap<SettingName, Given>;

/**
 * What is given of every setting: on the command line, else in the environment, the project's file, the profile, the
 * user's file. Which Redis is one decision: the first of these places that names a URL or a profile makes it, so that no
 * URL ever meets the password of another's profile. A usage error when one place names both.
 */
export function givenIn({ flags, env, project, user, profile }: Sources): Givens {
  const all = [flags, env, project, user];
  const chosen = chosenBy(all);
  if (chosen === undefined || "url" in chosen) return firstIn(all.map((source) => without("profile", source)));
  const { text, where } = chosen.profile;
  const outer = [flags, env, project].map((source) => without("url", source));
  return firstIn([...outer, profile(text, where), user]);
}

/** The value of every setting: what is given, else its default. A usage error for what cannot be read. */
export function resolveSettings(sources: Sources): Settings {
  const givens = givenIn(sources);
  const values = (Object.keys(settings) as SettingName[]).map((name) => {
    const [setting, given]: [Setting<unknown>, Given | undefined] = [settings[name], givens.get(name)];
    return [name, given === undefined ? setting.fallback : setting.parse(given.text, given.where, given.folder)];
  });
  // Each value is of its own entry's type, which a list of entries cannot say.
  return Object.fromEntries(values) as Settings;
}

function chosenBy(sources: readonly Source[]): { readonly url: Given } | { readonly profile: Given } | undefined {
  for (const source of sources) {
    const [url, profile] = [source(settings.url), source(settings.profile)];
    if (url !== undefined && profile !== undefined) {
      throw usageError(
        `${url.where} and ${profile.where} exclude each other`,
        "A profile says which Redis: leave one out.",
      );
    }
    if (url !== undefined) return { url };
    if (profile !== undefined) return { profile };
  }
  return undefined;
}

function without(name: SettingName, source: Source): Source {
  return (setting) => (setting === settings[name] ? undefined : source(setting));
}

function firstIn(sources: readonly Source[]): Givens {
  return new Map(
    (Object.keys(settings) as SettingName[]).flatMap((name) => {
      for (const source of sources) {
        const given = source(settings[name]);
        if (given !== undefined) return [[name, given] as const];
      }
      return [];
    }),
  );
}
