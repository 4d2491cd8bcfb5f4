import path from "node:path";
import type { Source } from "../settings/resolve.js";
import type { FileKind } from "../settings/setting.js";
import { settingsIn, textOf } from "./check.js";
import { parseDocument } from "./document.js";
import { checkProjectFile, readConfig } from "./trust.js";
import { profileOf, readUserFile, type Values } from "./user-file.js";

/** What the files say, each as a source of settings. */
export interface FileSources {
  readonly project: Source;
  readonly user: Source;
  /** The profile of that name; a usage error that begins with `where` when there is none. */
  profile(name: string, where: string): Source;
}

/** Reads the user's file and a project's, where they exist, and checks both. */
export function readFiles(userFile: string, projectFile: string | undefined, env: NodeJS.ProcessEnv): FileSources {
  const user = readUserFile(userFile);
  const project = projectFile === undefined ? new Map() : readProjectFile(projectFile, env);
  return {
    project: fileSource(project, "project", projectFile ?? ""),
    user: fileSource(user?.values ?? new Map(), "user", userFile),
    profile: (name, where) => fileSource(profileOf(user, name, where, userFile), "profile", userFile),
  };
}

function readProjectFile(file: string, env: NodeJS.ProcessEnv): Values {
  const read = readConfig(file);
  if (read === undefined) return new Map();
  checkProjectFile(file, read, env);
  return settingsIn(parseDocument(read.text, file), "project");
}

function fileSource(values: Values, kind: FileKind, from: string): Source {
  return ({ file }) => {
    if (file === undefined || !file.in.includes(kind)) return undefined;
    const value = values.get(file.key);
    if (value === undefined) return undefined;
    return { text: textOf(value), where: `${value.where}: ${file.key}`, folder: path.dirname(from) };
  };
}
