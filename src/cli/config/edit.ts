import { closeSync, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { applyEdits, modify } from "jsonc-parser";
import { SessctlError } from "../../core/errors.js";
import { safe } from "../../core/safe-text.js";
import { usageError } from "../errors.js";
import { parseDocument } from "./document.js";
import { withoutMember } from "./remove-member.js";
import { readConfig } from "./trust.js";

/** A value to be set in a file; `undefined` takes the key away. */
export interface Edit {
  readonly at: readonly string[];
  readonly to: unknown;
}

const options = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: "\n" } };

/** How long another sessctl may take to write. */
const patienceMs = 5000;

/**
 * Changes a user's file: what is not changed stays as it is, comments included. It is written beside and put in place at
 * once, for nobody else to read; of two that write at the same time one waits for the other. `edits` is given the text, and
 * throws when it does not want to change it.
 */
export async function editUserFile(file: string, edits: (text: string) => readonly Edit[]): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // A link to where somebody keeps such files stays one.
  const target = realPathOf(file);
  const unlock = await lock(`${target}.lock`);
  try {
    const before = readConfig(target)?.text ?? "";
    const text = before.trim() === "" ? "{}\n" : before;
    parseDocument(text, file);
    let after = text;
    for (const { at, to } of edits(text)) {
      after = to === undefined ? withoutMember(after, at) : applyEdits(after, modify(after, [...at], to, options));
    }
    replace(target, after);
  } finally {
    unlock();
  }
}

function replace(file: string, text: string): void {
  const beside = `${file}.${process.pid}`;
  try {
    const descriptor = openSync(beside, "wx", 0o600);
    try {
      writeSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new SessctlError("invalid-argument", `${safe(file)} cannot be written: ${why}`, {
      hint: "It is as it was. See the space on the disk and who may write there.",
      cause: error,
    });
  }
}

async function lock(file: string): Promise<() => void> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    try {
      closeSync(openSync(file, "wx", 0o600));
      return () => rmSync(file, { force: true });
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code !== "EEXIST") {
        throw usageError(
          `${safe(path.dirname(file))} cannot be written to: ${String(code)}`,
          "See who may write there.",
        );
      }
      if (Date.now() > giveUpAt) {
        throw usageError(
          `another sessctl writes ${safe(file.replace(/\.lock$/, ""))}`,
          `Wait for it; if there is none, one was killed: rm ${safe(file)}`,
        );
      }
    }
    await delay(20);
  }
}

function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
