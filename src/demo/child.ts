import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { SessctlError } from "../core/errors.js";

/** A program and its arguments. */
export type Command = readonly [string, ...string[]];

/** A program that was started on our own terminal or pipes. */
export interface Child {
  /** Its exit code; 128 and the signal's number when it was ended by one. */
  readonly code: Promise<number>;
  /** Hands it a signal; nothing when it has ended. */
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Starts a program with our standard output and error, and, when it is to talk with the user, our standard input. */
export function startChild(
  [program, ...args]: Command,
  options: { readonly env: NodeJS.ProcessEnv; readonly interactive: boolean },
): Child {
  const stdio = options.interactive ? "inherit" : (["ignore", "inherit", "inherit"] as const);
  const child = spawn(program, args, { env: options.env, stdio: typeof stdio === "string" ? stdio : [...stdio] });
  return {
    code: ended(child, program),
    kill: (signal) => {
      child.kill(signal);
    },
  };
}

/** The exit code by which a shell says that a signal ended a program. */
export function codeOfSignal(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

function ended(child: ChildProcess, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) =>
      reject(
        new SessctlError("invalid-argument", `${JSON.stringify(program)} could not be started`, {
          hint: "After `--` comes a command of sessctl, or a program: sessctl demo -- list --limit 5",
          cause,
        }),
      ),
    );
    child.once("exit", (code, signal) => resolve(signal === null ? (code ?? 1) : codeOfSignal(signal)));
  });
}
