/** Ctrl-C: ends the process at once, unless a command has something to bring to an end first. */
export interface Interrupts {
  /** Aborted by Ctrl-C. Whoever calls this has to stop soon when it is; a second Ctrl-C ends the process. */
  deferred(): AbortSignal;
  /** Leaves Ctrl-C to others from now on. */
  release(): void;
}

/** Listens for Ctrl-C; `end` must end the process. */
export function listenForInterrupts(end: () => void): Interrupts {
  const controller = new AbortController();
  let deferred = false;
  const interrupted = () => {
    if (!deferred || controller.signal.aborted) end();
    controller.abort();
  };
  process.on("SIGINT", interrupted);
  return {
    deferred() {
      deferred = true;
      return controller.signal;
    },
    release() {
      process.off("SIGINT", interrupted);
    },
  };
}
