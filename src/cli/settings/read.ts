import { existsSync } from "node:fs";
import { projectFileFrom, userFileOf } from "../config/places.js";
import { settings, type Settings } from "./index.js";
import { envSource, givenIn, type Givens, noSource, resolveSettings, type Source, type Sources } from "./resolve.js";

/** The settings of this run, from the command line, the environment and the files. */
export async function readSettings(flags: Source, env: NodeJS.ProcessEnv): Promise<Settings> {
  return resolveSettings(await sourcesOf(flags, env));
}

/** What is given of each setting in this run, and where. */
export async function readGivens(flags: Source, env: NodeJS.ProcessEnv): Promise<Givens> {
  return givenIn(await sourcesOf(flags, env));
}

/** The settings of a command that uses no Redis: what the files say does not matter to it, nor whether they can be read. */
export function settingsWithoutFiles(flags: Source, env: NodeJS.ProcessEnv): Settings {
  return resolveSettings({ flags, env: envSource(env), ...noFiles });
}

const noFiles = { project: noSource, user: noSource, profile: () => noSource };

/** What reads files is loaded only where there are any, or a profile is named that should be in one. */
async function sourcesOf(flags: Source, env: NodeJS.ProcessEnv): Promise<Sources> {
  const outer = { flags, env: envSource(env) };
  const userFile = userFileOf(env);
  const projectFile = projectFileFrom(process.cwd());
  const named = [outer.flags, outer.env].some((source) => source(settings.profile) !== undefined);
  if (!named && projectFile === undefined && !existsSync(userFile)) return { ...outer, ...noFiles };
  const { readFiles } = await import("../config/read.js");
  return { ...outer, ...readFiles(userFile, projectFile, env) };
}
