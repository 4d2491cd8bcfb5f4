import { type Stats, fstatSync, openSync, readFileSync, closeSync } from "node:fs";
import { safe } from "../../core/safe-text.js";
import { usageError } from "../errors.js";

/** A file's text, and what the system says about just that file. */
export interface FileRead {
  readonly text: string;
  readonly stats: Stats;
}

/** Larger is no configuration, whoever wrote it. */
const mostBytes = 1_000_000;

/** Reads a file; `undefined` when there is none, a usage error when it cannot be read. */
export function readConfig(file: string): FileRead | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw usageError(`${safe(file)} is not a file`, "Remove it.");
    if (stats.size > mostBytes) throw usageError(`${safe(file)} is ${stats.size} bytes long`, "Is it the right file?");
    return { text: readFileSync(descriptor, "utf8"), stats };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "EACCES" || code === "EPERM") {
      throw usageError(`${safe(file)} cannot be read: ${code}`, `See who owns it: ls -l ${quoted(file)}`);
    }
    throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Refuses a user's file that others can read although it holds a password, or can write although it says how to get one. */
export function checkUserFile(file: string, { stats }: FileRead, holds: "password" | "way" | "nothing"): void {
  // Windows keeps rights elsewhere than in the mode.
  if (process.platform === "win32" || holds === "nothing") return;
  const hint = `Run: chmod 600 ${quoted(file)}`;
  if (holds === "password" && (stats.mode & 0o077) !== 0) {
    throw usageError(`${safe(file)} holds a password, and others may read it (${modeOf(stats)})`, hint);
  }
  if ((stats.mode & 0o022) !== 0) {
    throw usageError(`${safe(file)} says how to get a password, and others may change it (${modeOf(stats)})`, hint);
  }
}

/** Refuses a project's file of another user: in a folder that everybody may write to, it would decide for all who come by. */
export function checkProjectFile(file: string, { stats }: FileRead, env: NodeJS.ProcessEnv): void {
  const me = process.getuid?.();
  // Under sudo the files are still those of who called it.
  const mine = [me, 0, ...(me === 0 ? [Number(env["SUDO_UID"])] : [])];
  if (me !== undefined && !mine.includes(stats.uid)) {
    throw usageError(
      `${safe(file)} belongs to another user (${stats.uid}), and would say what is done here`,
      "Go elsewhere; or read it and, if it is right, make it your own: chown.",
    );
  }
  if (process.platform !== "win32" && (stats.mode & 0o002) !== 0) {
    throw usageError(
      `${safe(file)} can be changed by everybody (${modeOf(stats)})`,
      `Read it and run: chmod o-w ${quoted(file)}`,
    );
  }
}

function modeOf({ mode }: Stats): string {
  return (mode & 0o777).toString(8).padStart(3, "0");
}

/** A file's name for a shell. */
function quoted(file: string): string {
  return /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`;
}
