import type { SignalSource } from "./options.js";

/** The signals that end the screen, with their exit codes: 128 and the signal's number. */
const codes: readonly (readonly [NodeJS.Signals, number])[] = [
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGQUIT", 131],
  ["SIGTERM", 143],
];

/** Calls `end` with the exit code when a signal says so, until the function that it returns is called. */
export function onEndingSignals(signals: SignalSource, end: (code: number) => void): () => void {
  const listeners = codes.map(([signal, code]) => [signal, () => end(code)] as const);
  for (const [signal, listener] of listeners) signals.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) signals.off(signal, listener);
  };
}
