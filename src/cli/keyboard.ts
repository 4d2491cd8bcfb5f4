import { openSync } from "node:fs";
import { ReadStream } from "node:tty";
import type { Io } from "./io.js";

/** Where somebody can answer. */
export interface Keyboard {
  readonly input: NodeJS.ReadStream;
  /** Lets go of it, so that the process can end. */
  close(): void;
}

/**
 * Standard input where that is a terminal; where ids were read from it, as in `sessctl audit -o id | sessctl revoke -`, the
 * terminal that the process is on. `undefined` where nobody would see a question or could answer it.
 */
export function keyboardOf({ stdin, stderr }: Io, stdinIsTaken: boolean): Keyboard | undefined {
  if (!stderr.isTerminal) return undefined;
  if (!stdinIsTaken) return stdin.isTTY ? { input: stdin, close: () => undefined } : undefined;
  try {
    const input = new ReadStream(openSync("/dev/tty", "r"));
    return { input, close: () => input.destroy() };
  } catch {
    return undefined;
  }
}
