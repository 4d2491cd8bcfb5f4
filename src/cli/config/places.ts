import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** The name of a project's file. */
export const projectFileName = ".sessctl.json";

/** The user's own file, whether it exists or not: `sessctl/config.json` in the folder that the XDG base directory specification names. */
export function userFileOf(env: NodeJS.ProcessEnv): string {
  const configured = env["XDG_CONFIG_HOME"] ?? "";
  // A relative one is to be ignored, the specification says.
  const folder = path.isAbsolute(configured) ? configured : path.join(env["HOME"] ?? homedir(), ".config");
  return path.join(folder, "sessctl", "config.json");
}

/** The project's file that is nearest, from a folder upwards; `undefined` where there is none. */
export function projectFileFrom(folder: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const file = path.join(at, projectFileName);
    if (existsSync(file)) return file;
    if (at === path.dirname(at)) return undefined;
  }
}
