import { spawn } from "@lydell/node-pty";
import { type VirtualScreen, virtualScreen } from "./screen.js";

/** A program on a terminal of its own. */
export interface PtyProgram {
  readonly screen: VirtualScreen;
  readonly pid: number;
  /** Everything it wrote. */
  readonly output: string;
  /** The exit code, and the signal that ended it if one did. */
  readonly ended: Promise<{ readonly exitCode: number; readonly signal: number | undefined }>;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Resolves to the screen once it shows this, and rejects with what it shows instead after `ms` (default 10 s). */
  until(seen: string | RegExp | ((text: string) => boolean), ms?: number): Promise<string>;
  /** Ends it if it still runs. */
  stop(): Promise<void>;
}

/** How long nothing comes from a terminal whose program has ended, once all has come. */
const quietMs = 60;

/** Starts a program on a pseudo-terminal. `CI` is not handed on: what runs here is a terminal, whoever runs the tests. */
export function startOnTerminal(
  command: readonly [program: string, ...args: string[]],
  options: { readonly columns?: number; readonly rows?: number; readonly env?: NodeJS.ProcessEnv } = {},
): PtyProgram {
  const { columns = 100, rows = 30 } = options;
  const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, ...inherited } = process.env;
  const [program, ...args] = command;
  const screen = virtualScreen(columns, rows);
  const child = spawn(program, args, {
    name: "xterm-256color",
    cols: columns,
    rows,
    env: { ...inherited, TERM: "xterm-256color", ...options.env },
  });
  let output = "";
  let over = false;
  let written = Promise.resolve();
  const waiting = new Set<() => void>();
  const lookAgain = () => {
    for (const look of waiting) look();
  };
  let lastDataAt = Date.now();
  child.onData((data) => {
    lastDataAt = Date.now();
    output += data;
    written = screen.write(data).then(lookAgain);
  });
  const ended = new Promise<{ exitCode: number; signal: number | undefined }>((resolve) => {
    child.onExit(({ exitCode, signal }) => {
      over = true;
      const end = { exitCode, signal: signal === 0 ? undefined : signal };
      // What it wrote last may still be on its way, through the terminal and to the screen: until nothing more comes.
      const look = () => {
        if (Date.now() - lastDataAt < quietMs) setTimeout(look, quietMs);
        else void written.then(() => resolve(end));
      };
      lastDataAt = Date.now();
      setTimeout(look, quietMs);
    });
  });
  return {
    screen,
    pid: child.pid,
    get output() {
      return output;
    },
    ended,
    type: (keys) => child.write(keys),
    resize(toColumns, toRows) {
      screen.resize(toColumns, toRows);
      child.resize(toColumns, toRows);
    },
    until(seen, ms = 10_000) {
      const matches = (text: string) =>
        typeof seen === "string" ? text.includes(seen) : seen instanceof RegExp ? seen.test(text) : seen(text);
      return new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(timer);
          waiting.delete(look);
        };
        const look = () => {
          const text = screen.text();
          if (!matches(text)) return;
          end();
          resolve(text);
        };
        const timer = setTimeout(() => {
          end();
          reject(new Error(`${String(seen)} was not on the screen within ${ms} ms:\n${screen.text()}`));
        }, ms);
        waiting.add(look);
        look();
      });
    },
    async stop() {
      if (!over) process.kill(child.pid, "SIGKILL");
      await ended;
    },
  };
}
