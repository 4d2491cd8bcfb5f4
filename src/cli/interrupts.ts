/** Ctrl-C, a closed terminal or an order to end: ends the process at once, unless a command has something to bring to an end first. */
export interface Interrupts {
  /** Aborted by the first of them. Whoever calls this has to stop soon when it is; the second ends the process. */
  deferred(): AbortSignal;
  /** What the process ends with after one of them: 128 and the signal's number. */
  readonly exitCode: number;
  /** Leaves them to others from now on. */
  release(): void;
}

/** Signals that end a process, with what it then ends with. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Signal = keyof typeof exitCodes;

/** What is done about them. */
export interface Endings {
  /** Has to end the process. `isCutShort`: something was asked to stop, and has not yet. */
  readonly end: (exitCode: number, isCutShort: boolean) => void;
  /** What was asked to stop takes a while. */
  readonly linger: () => void;
}

/** So long after it was asked to, work that has not stopped makes one wonder. */
const lingersAfterMs = 500;

/** Listens for what ends a process. */
export function listenForInterrupts({ end, linger }: Endings): Interrupts {
  const controller = new AbortController();
  let deferred = false;
  let exitCode: number = exitCodes.SIGINT;
  let timer: NodeJS.Timeout | undefined;
  const interrupted = (signal: Signal) => {
    const isSecond = controller.signal.aborted;
    exitCode = exitCodes[signal];
    controller.abort();
    if (!deferred || isSecond) end(exitCode, deferred);
    timer = setTimeout(linger, lingersAfterMs);
  };
  const signals = Object.keys(exitCodes) as Signal[];
  for (const signal of signals) process.on(signal, interrupted);
  return {
    deferred() {
      deferred = true;
      return controller.signal;
    },
    get exitCode() {
      return exitCode;
    },
    release() {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, interrupted);
    },
  };
}
