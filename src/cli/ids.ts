import { checkedPrefix } from "../app/find.js";
import { SessctlError } from "../core/errors.js";
import { usageError } from "./errors.js";
import { type Io, readText } from "./io.js";
import { say } from "./say.js";

const whatToPipe = "Pipe ids in, such as those of sessctl list -o id.";

/**
 * The ids given, with those of standard input, between any white space, in place of `-`. A usage error that names the line
 * of what cannot be one, `not-found` when there is none.
 */
export async function readIds(args: readonly string[], io: Io): Promise<readonly string[]> {
  if (!args.includes("-")) return args;
  // Who forgot the pipe would wait for a program that waits for them.
  if (io.stdin.isTTY) await io.stderr.line(say`type ids, and Ctrl-D on a line of its own after the last`);
  const read = idsIn(await readText(io.stdin));
  const ids = args.flatMap((arg) => (arg === "-" ? read : [arg]));
  if (ids.length > 0) return ids;
  // What lists them found nothing: the same as when nothing matched here.
  throw new SessctlError("not-found", "no session matched: standard input holds no id", { hint: whatToPipe });
}

function idsIn(text: string): readonly string[] {
  return text.split(/\r\n|[\r\n]/).flatMap((line, n) =>
    line
      .split(/\s+/)
      .filter((word) => word !== "")
      .map((word) => checkedOnLine(word, n + 1)),
  );
}

function checkedOnLine(word: string, line: number): string {
  try {
    return checkedPrefix(word);
  } catch (error) {
    if (!(error instanceof SessctlError)) throw error;
    throw usageError(`standard input, line ${line}: ${error.message}`, `${error.hint ?? ""} ${whatToPipe}`.trim());
  }
}
