import type { Clock } from "../core/ports.js";
import type { SafeText } from "../core/safe-text.js";
import { type Paint, painter, wantsColour } from "./paint.js";

/** Standard output or standard error. */
export interface Output {
  /** Writes text as it is; resolves when more can be taken. Does nothing once the reader has gone. */
  write(text: SafeText): Promise<void>;
  /** Writes text and a line break. */
  line(text: SafeText): Promise<void>;
  readonly isTerminal: boolean;
  /** Columns of the terminal; 80 where that is not known. */
  readonly width: number;
  readonly colour: boolean;
  readonly paint: Paint;
  /** Whether the reader has gone, as `head` does: nobody is interested in more. */
  readonly closed: boolean;
}

/** Everything that a command has of the world around it, but for Redis. */
export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the process at once. */
  readonly end: (exitCode: number) => never;
}

/** The streams, environment and clock of this process. */
export function processIo(noColour: boolean): Io {
  const { stdout, stderr, env } = process;
  return {
    // Opening standard input takes time, and few commands read it.
    get stdin() {
      return process.stdin;
    },
    stdout: outputOn(stdout, env, noColour),
    stderr: outputOn(stderr, env, noColour),
    clock: Date.now,
    env,
    end: (exitCode) => process.exit(exitCode),
  };
}

function outputOn(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv, noColour: boolean): Output {
  let closed = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // EPIPE: the reader has gone. EIO: the terminal has. Both are ordinary ends; what else goes wrong must be heard.
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
    closed = true;
  });
  const isTerminal = stream.isTTY;
  const colour = wantsColour(isTerminal, env, noColour);
  const write = async (text: SafeText): Promise<void> => {
    if (closed || text === "" || stream.write(text)) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        stream.off("drain", go).off("error", go);
        resolve();
      };
      stream.on("drain", go).on("error", go);
    });
  };
  return {
    write,
    line: (text) => write(`${text}\n` as SafeText),
    isTerminal,
    get width() {
      return isTerminal && stream.columns > 0 ? stream.columns : 80;
    },
    colour,
    paint: painter(colour),
    get closed() {
      return closed;
    },
  };
}

/** Lines of standard input until its end. */
export async function readLines(stdin: NodeJS.ReadStream): Promise<readonly string[]> {
  let text = "";
  stdin.setEncoding("utf8");
  for await (const chunk of stdin) text += String(chunk);
  return text.split(/\r?\n/);
}

/** Asks on standard error and gives the line that was typed; `undefined` when there will be none. */
export async function ask(io: Io, question: SafeText): Promise<string | undefined> {
  await io.stderr.write(question);
  io.stdin.setEncoding("utf8");
  return new Promise((resolve) => {
    let typed = "";
    const done = (answer: string | undefined) => {
      io.stdin.off("data", read).off("end", end).pause();
      resolve(answer);
    };
    const read = (chunk: string) => {
      typed += chunk;
      if (typed.includes("\n")) done(typed.slice(0, typed.indexOf("\n")).trim());
    };
    const end = () => done(undefined);
    io.stdin.on("data", read).once("end", end);
  });
}
