import { readFileSync } from "node:fs";
import path from "node:path";
import { safe } from "../../core/safe-text.js";
import type { Value } from "../config/document.js";
import { usageError } from "../errors.js";

/** A line of a file, and where it is. */
export interface Line {
  readonly text: string;
  /** `file:12:1`, for errors. */
  readonly where: string;
}

/** The lines of the file that `@name` in a list stands for, beside `folder`; those that are empty or begin with `#` are left out. */
export function linesOf(name: string, folder: string, value: Value): readonly Line[] {
  const file = path.resolve(folder, name.slice(1));
  let whole: string;
  try {
    whole = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usageError(
      `${value.where}: ${safe(file)} cannot be read (${code ?? "?"})`,
      "A file is found beside the configuration.",
    );
  }
  return whole
    .split("\n")
    .map((line, n) => ({ text: line.trim(), where: `${safe(file)}:${n + 1}:1` }))
    .filter(({ text }) => text !== "" && !text.startsWith("#"));
}
