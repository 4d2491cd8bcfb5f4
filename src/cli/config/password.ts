import { readFileSync } from "node:fs";
import { SessctlError } from "../../core/errors.js";
import { safe } from "../../core/safe-text.js";
import type { Settings } from "../settings/index.js";

/** The settings that say where the password is. */
export type PasswordSettings = Pick<Settings, "password" | "passwordCommand" | "passwordFile" | "passwordEnv">;

/**
 * The password, from where the settings say that it is; `undefined` when they say nothing. What cannot be had is `denied`.
 * No password, and nothing that a program printed, is part of an error.
 */
export async function passwordOf(settings: PasswordSettings, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { password, passwordCommand, passwordFile, passwordEnv } = settings;
  if (password !== undefined) return password;
  if (passwordCommand !== undefined) return firstLine(await outputOf(passwordCommand), "the password command");
  if (passwordFile !== undefined) return firstLine(textOfFile(passwordFile, "passwordFile"), safe(passwordFile));
  if (passwordEnv === undefined) return undefined;
  const text = env[passwordEnv];
  if (text !== undefined && text !== "") return text;
  throw new SessctlError("denied", `the variable ${safe(passwordEnv)} has no password`, {
    hint: "Set it, or change passwordEnv of the profile.",
  });
}

/** The text of a file that a setting names; `denied` when it cannot be read. */
export function textOfFile(file: string, key: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new SessctlError("denied", `${key}: ${safe(file)} cannot be read: ${why}`, {
      hint: "Check the name and who may read it.",
    });
  }
}

/** More is no password. */
const mostBytes = 100_000;

/** Runs a program without a shell. It may ask on the terminal; our standard input, which may hold ids, is not for it. */
async function outputOf([program = "", ...args]: readonly string[]): Promise<string> {
  // Few have one, and it takes a while to load.
  const { spawn } = await import("node:child_process");
  const failed = (why: string) =>
    new SessctlError("denied", `the password command failed: ${safe(program)}: ${safe(why)}`, {
      hint: "Run it by hand to see why; it is passwordCommand of the profile.",
    });
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      if (output.length > mostBytes) child.kill();
    });
    child.once("error", (error) => reject(failed("code" in error ? String(error.code) : error.message)));
    child.once("close", (code, signal) => {
      if (code === 0) resolve(output);
      else reject(failed(`it ended with ${signal ?? code}`));
    });
  });
}

function firstLine(text: string, from: string): string {
  const line = text.split(/\r?\n/, 1)[0] ?? "";
  if (line !== "") return line;
  throw new SessctlError("denied", `${from} gave no password`, { hint: "Its first line must be the password." });
}
