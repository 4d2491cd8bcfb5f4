import type { CommanderError } from "commander";
import { type Excerpt, SessctlError } from "../core/errors.js";
import { safe, type SafeText } from "../core/safe-text.js";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-codes.js";
import { OutputError } from "./io.js";
import type { Paint } from "./paint.js";
import { joined, say } from "./say.js";

/** A failure as it is shown: what happened, where, the next thing to try. */
export interface Failure {
  readonly exitCode: ExitCode;
  readonly what: SafeText;
  readonly hint: SafeText | undefined;
  /** Where in a text the mistake is. */
  readonly excerpt?: Excerpt | undefined;
  /** Whether it matters to which Redis the command was connected. */
  readonly ofConnection: boolean;
}

/** A wrong command line. */
export function usageError(message: string, hint: string): SessctlError {
  return new SessctlError("invalid-argument", message, { hint });
}

/** What to say about anything thrown. What is no `SessctlError` and not from commander is a bug and is shown as one. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SessctlError) {
    const exitCode = exitCodeOf(error.code);
    return {
      exitCode,
      what: safe(error.message),
      hint: error.hint === undefined ? undefined : safe(error.hint),
      excerpt: error.excerpt,
      ofConnection: exitCode === exitCodes.redis || error.code === "not-found" || error.code === "unsupported",
    };
  }
  if (error instanceof OutputError) {
    return { exitCode: exitCodes.failed, what: safe(error.message), hint: safe(error.hint), ofConnection: false };
  }
  if (isOfCommander(error)) return usageFailure(error);
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    exitCode: exitCodes.failed,
    what: say`internal error: ${text}`,
    hint: say`This is a bug in sessctl. Run it again with --debug and report what it shows.`,
    ofConnection: false,
  };
}

/** The lines to show for a failure; `where` is the Redis that was used, without its password, `place` its excerpt as drawn. */
export function failureLines(
  failure: Failure,
  where: SafeText | undefined,
  paint: Paint,
  place: readonly SafeText[] = [],
): SafeText {
  const lines = [joined([paint("danger", say`sessctl:`), failure.what], " "), ...place];
  if (failure.ofConnection && where !== undefined) lines.push(joined([say`  at `, where]));
  if (failure.hint !== undefined) lines.push(joined([say`  try: `, failure.hint]));
  return joined(lines, "\n");
}

/** commander's own errors, told without loading it: what says how to be used is read without it. */
function isOfCommander(error: unknown): error is CommanderError {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}

/** commander's message is `error: what`, and on a second line perhaps `(Did you mean what?)`. */
function usageFailure(error: CommanderError): Failure {
  const [first = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  const meant = /^\(Did you mean (.*)\?\)$/
    .exec(suggestion ?? "")?.[1]
    ?.replace(/^one of /, "")
    .replaceAll(", ", " or ");
  return {
    exitCode: exitCodes.usage,
    what: safe(first),
    hint: meant === undefined ? say`See sessctl --help, or --help after a command.` : say`Did you mean ${meant}?`,
    ofConnection: false,
  };
}
