import type { Command } from "commander";
import type { Selection } from "../app/select.js";
import { SessctlError } from "../core/errors.js";
import { usageError } from "./errors.js";
import { type Io, readText } from "./io.js";
import { repeated } from "./values.js";

/** What a command line says about which sessions to change. */
export interface SelectorOptions {
  readonly user?: string;
  readonly keep?: readonly string[];
}

/** Declares the ways to say which sessions are meant. */
export function addSelectors(command: Command, verb: "end" | "expire"): void {
  command
    .argument("[id...]", "session ids, or 4 or more characters that begin one; - reads them from standard input")
    .option("--user <user>", `${verb} all sessions of this user`)
    .option("--keep <id>", "with --user: but not this one (may be repeated)", repeated);
}

/** What a command line selects, and whether the ids came from standard input. */
export interface Selector {
  readonly selection: Selection;
  readonly fromStdin: boolean;
}

/** Reads which sessions are meant; a usage error unless it is said in exactly one way. */
export async function selectorOf(args: readonly string[], { user, keep }: SelectorOptions, io: Io): Promise<Selector> {
  if (user !== undefined && args.length > 0) {
    throw usageError("ids and --user exclude each other", "Give ids, or --user with --keep for the ones that stay.");
  }
  if (user !== undefined) return { selection: { by: "user", user, keep: keep ?? [] }, fromStdin: false };
  if (keep !== undefined) throw usageError("--keep needs --user", "Say whose other sessions are meant with --user.");
  if (args.length === 0) {
    throw usageError("it is not said which sessions", "Give ids, - to read ids from standard input, or --user.");
  }
  const fromStdin = args.includes("-");
  return { selection: { by: "ids", ids: await readIds(args, io) }, fromStdin };
}

/** The ids given, with those of standard input, between any white space, in place of `-`; `not-found` when it holds none. */
export async function readIds(args: readonly string[], io: Io): Promise<readonly string[]> {
  if (!args.includes("-")) return args;
  const read = (await readText(io.stdin)).split(/\s+/).filter((word) => word !== "");
  const ids = args.flatMap((arg) => (arg === "-" ? read : [arg]));
  if (ids.length > 0) return ids;
  // What lists them found nothing: the same as when nothing matched here.
  throw new SessctlError("not-found", "no session matched: standard input holds no id", {
    hint: "Pipe ids in, such as those of sessctl list -o id.",
  });
}
