import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { SessctlError, type SessionStore } from "../../src/index.js";

/** One validation under traffic: `ok`, the reason of a refusal, the code of a `SessctlError`, or another error's text. */
export interface Validation {
  readonly answer: string;
  readonly message: string;
  readonly ms: number;
}

/** Validates tokens one after the other, a few ms apart, until told to stop; resolves to what became of each. */
export function traffic(store: SessionStore, tokens: readonly string[]): { end(): Promise<readonly Validation[]> } {
  const ending = new AbortController();
  const running: Promise<Validation>[] = [];
  const loop = async () => {
    for (let n = 0; !ending.signal.aborted; n++) {
      running.push(validation(store, tokens[n % tokens.length] ?? ""));
      await wait(5);
    }
  };
  const looping = loop();
  return {
    async end() {
      ending.abort();
      await looping;
      return Promise.all(running);
    },
  };
}

/** Validates once, and never throws. */
export async function validation(store: SessionStore, token: string): Promise<Validation> {
  const start = performance.now();
  const { answer, message } = await store.validate(token).then(
    (check) => ({ answer: check.ok ? "ok" : check.reason, message: "" }),
    (error: unknown) => ({ answer: error instanceof SessctlError ? error.code : "a bug", message: String(error) }),
  );
  return { answer, message, ms: performance.now() - start };
}
