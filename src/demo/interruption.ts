import { codeOfSignal } from "./child.js";

/** Whether somebody wants this process to end. */
export interface Interruption {
  /** The signal that came, if one did. */
  readonly signal: NodeJS.Signals | undefined;
  /** Throws once a signal has come: called between steps, it keeps a new one from beginning. */
  readonly check: () => void;
  /** Called with every signal from now on, in place of what was to be called before. */
  onSignal(call: (signal: NodeJS.Signals) => void): void;
  /** Lets signals do again what they did before. */
  ignore(): void;
}

/** What else is to count as a signal. */
export interface WatchOptions {
  /** Whether the end of the process that started this one is a SIGHUP: npm does not hand on every signal that ends it. */
  readonly endWithParent: boolean;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Takes the signals that end a process, so that there is time to clear up. Whoever insists, with the same signal a third
 * time, ends the process at once; `exit` handlers still run.
 */
export function watchSignals({ endWithParent }: WatchOptions): Interruption {
  const counts = new Map<NodeJS.Signals, number>();
  let first: NodeJS.Signals | undefined;
  let call: (signal: NodeJS.Signals) => void = () => undefined;
  const handler = (signal: NodeJS.Signals) => {
    first ??= signal;
    const count = (counts.get(signal) ?? 0) + 1;
    counts.set(signal, count);
    if (count === 3) process.exit(codeOfSignal(signal));
    call(signal);
  };
  for (const name of signals) process.on(name, handler);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (!endWithParent || process.ppid === parent) return;
    clearInterval(watch);
    handler("SIGHUP");
  }, 250).unref();
  return {
    get signal() {
      return first;
    },
    check() {
      if (first !== undefined) throw new Error(`interrupted by ${first}`);
    },
    onSignal(next) {
      call = next;
    },
    ignore() {
      clearInterval(watch);
      for (const name of signals) process.removeListener(name, handler);
    },
  };
}
