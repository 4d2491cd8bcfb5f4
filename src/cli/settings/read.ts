import { existsSync } from "node:fs";
import { projectFileFrom, userFileOf } from "../config/places.js";
import { settings, type Settings } from "./index.js";
import { envSource, noSource, resolveSettings, type Source } from "./resolve.js";

/** The settings of this run, from the command line, the environment and the files. What reads files is loaded where there are any. */
export async function readSettings(flags: Source, env: NodeJS.ProcessEnv): Promise<Settings> {
  const outer = { flags, env: envSource(env) };
  const userFile = userFileOf(env);
  const projectFile = projectFileFrom(process.cwd());
  const named = [outer.flags, outer.env].some((source) => source(settings.profile) !== undefined);
  if (!named && projectFile === undefined && !existsSync(userFile)) return settingsWithoutFiles(flags, env);
  const { readFiles } = await import("../config/read.js");
  return resolveSettings({ ...outer, ...readFiles(userFile, projectFile, env) });
}

/** The settings of a command that uses no Redis: what the files say does not matter to it, nor whether they can be read. */
export function settingsWithoutFiles(flags: Source, env: NodeJS.ProcessEnv): Settings {
  const nothing = { project: noSource, user: noSource, profile: () => noSource };
  return resolveSettings({ flags, env: envSource(env), ...nothing });
}
