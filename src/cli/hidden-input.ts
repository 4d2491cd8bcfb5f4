import type { SafeText } from "../core/safe-text.js";
import { exitCodes } from "./exit-codes.js";
import type { Io } from "./io.js";
import { say } from "./say.js";

/** Lines of standard input that were read and not yet asked for. */
const waiting = new WeakMap<NodeJS.ReadStream, { text: string; ended: boolean }>();

/**
 * Asks on standard error for what nobody is to see, and gives the line; on a terminal it is not shown while it is typed,
 * elsewhere it is the next line of standard input. `undefined` when there is none.
 */
export async function askHidden({ stdin, stderr, end }: Io, question: SafeText): Promise<string | undefined> {
  if (!stdin.isTTY) return await nextLine(stdin, false);
  // What is typed as soon as the question is there must not be shown either.
  stdin.setRawMode(true);
  try {
    await stderr.write(question);
    const line = await nextLine(stdin, true);
    return line === interrupted ? end(exitCodes.interrupted) : line;
  } finally {
    stdin.setRawMode(false);
    await stderr.line(say``);
  }
}

const interrupted = "\u0003";

function nextLine(stdin: NodeJS.ReadStream, isTerminal: boolean): Promise<string | undefined> {
  const state = waiting.get(stdin) ?? { text: "", ended: false };
  waiting.set(stdin, state);
  stdin.setEncoding("utf8");
  return new Promise((resolve) => {
    const done = (line: string | undefined) => {
      stdin.off("data", read).off("end", end).pause();
      resolve(line);
    };
    const take = () => {
      const [line, rest] = split(state.text);
      if (line === undefined) return false;
      state.text = rest;
      done(line);
      return true;
    };
    const read = (chunk: string) => {
      // Raw, the terminal leaves these to whoever reads: Ctrl-C and Ctrl-D end, Backspace takes back.
      if (isTerminal && chunk.includes(interrupted)) return done(interrupted);
      if (isTerminal && chunk.includes("\u0004")) return done(undefined);
      state.text = isTerminal ? edited(state.text, chunk) : state.text + chunk;
      take();
    };
    const end = () => {
      state.ended = true;
      const { text } = state;
      state.text = "";
      done(text === "" ? undefined : text);
    };
    if (take()) return;
    if (state.ended) return done(undefined);
    stdin.on("data", read).once("end", end).resume();
  });
}

/** The first line and what follows it; no line where none has ended. */
function split(text: string): readonly [line: string | undefined, rest: string] {
  const match = /\r\n|\r|\n/.exec(text);
  if (match === null) return [undefined, text];
  return [text.slice(0, match.index), text.slice(match.index + match[0].length)];
}

function edited(text: string, typed: string): string {
  let now = text;
  for (const character of typed)
    now = character === "\u007F" || character === "\b" ? now.slice(0, -1) : now + character;
  return now;
}
