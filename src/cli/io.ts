import type { Clock } from "../core/ports.js";
import type { SafeText } from "../core/safe-text.js";
import { type Paint, painter, wantsColour } from "./paint.js";

/** Standard output or standard error. What cannot be written on standard output, as on a full disk, is an `OutputError`. */
export interface Output {
  /** Writes text as it is; resolves when more can be taken. Does nothing once the reader has gone. A failure may come later. */
  write(text: SafeText): Promise<void>;
  /** Writes text and a line break. */
  line(text: SafeText): Promise<void>;
  readonly isTerminal: boolean;
  /** Columns of the terminal; 80 where that is not known. */
  readonly width: number;
  /** Rows of the terminal; 24 where that is not known. */
  readonly height: number;
  readonly colour: boolean;
  readonly paint: Paint;
  /** Whether the reader has gone, as `head` does: nobody is interested in more. */
  readonly closed: boolean;
  /** Resolves once all that was written has been handed on, or never can be because the reader has gone. */
  flush(): Promise<void>;
}

/** Standard output cannot be written, or what is to be written cannot be held back until then. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  readonly hint: string;

  constructor(
    cause: NodeJS.ErrnoException,
    {
      what = "cannot write",
      hint = "Write elsewhere. A command that changes sessions may have changed them: see sessctl list.",
    } = {},
  ) {
    super(`${what}: ${cause.code === "ENOSPC" ? "no space left on the device" : cause.message}`, { cause });
    this.hint = hint;
  }
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
    stdout: outputOn(stdout, env, noColour, true),
    // Where even errors cannot be told, what was asked for is done all the same.
    stderr: outputOn(stderr, env, noColour, false),
    clock: Date.now,
    env,
    end: (exitCode) => process.exit(exitCode),
  };
}

function outputOn(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv, noColour: boolean, needed: boolean): Output {
  let closed = false;
  let failure: OutputError | undefined;
  const check = () => {
    if (failure !== undefined) throw failure;
  };
  const after = (error?: NodeJS.ErrnoException | null) => {
    if (error === undefined || error === null || closed) return;
    // EPIPE: the reader has gone. EIO: the terminal has. Both are ordinary ends; what else goes wrong must be heard.
    if (needed && error.code !== "EPIPE" && error.code !== "EIO") failure ??= new OutputError(error);
    else closed = true;
  };
  stream.on("error", after);
  const isTerminal = stream.isTTY;
  const colour = wantsColour(isTerminal, env, noColour);
  const write = async (text: SafeText): Promise<void> => {
    check();
    if (closed || text === "" || stream.write(text, after)) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        stream.off("drain", go).off("error", go);
        resolve();
      };
      stream.on("drain", go).on("error", go);
    });
    check();
  };
  return {
    write,
    line: (text) => write(`${text}\n` as SafeText),
    isTerminal,
    get width() {
      return isTerminal && stream.columns > 0 ? stream.columns : 80;
    },
    get height() {
      return isTerminal && stream.rows > 0 ? stream.rows : 24;
    },
    colour,
    paint: painter(colour),
    get closed() {
      return closed;
    },
    async flush() {
      if (!closed && failure === undefined && !stream.destroyed) {
        await new Promise<void>((resolve) => stream.write("", () => resolve()));
      }
      check();
    },
  };
}

/** Standard input until its end. */
export async function readText(stdin: NodeJS.ReadStream): Promise<string> {
  let text = "";
  stdin.setEncoding("utf8");
  for await (const chunk of stdin) text += String(chunk);
  return text;
}

/** Asks on standard error and gives the line that was typed; `undefined` when there will be none, or `signal` says not to wait for it. */
export async function ask(
  io: Pick<Io, "stdin" | "stderr">,
  question: SafeText,
  signal: AbortSignal,
): Promise<string | undefined> {
  await io.stderr.write(question);
  io.stdin.setEncoding("utf8");
  return new Promise((resolve) => {
    let typed = "";
    const done = (answer: string | undefined) => {
      io.stdin.off("data", read).off("end", end).pause();
      signal.removeEventListener("abort", end);
      resolve(answer);
    };
    const read = (chunk: string) => {
      typed += chunk;
      if (typed.includes("\n")) done(typed.slice(0, typed.indexOf("\n")).trim());
    };
    const end = () => done(undefined);
    io.stdin.on("data", read).once("end", end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
