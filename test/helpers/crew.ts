import { Worker } from "node:worker_threads";
import type { SessionStoreOptions } from "../../src/index.js";

/** A method of a session store with its arguments, or one of the jobs of crew-worker.mjs. */
export type Job = readonly [method: string, ...args: unknown[]];

/** What became of a job: its value, or the code of its `SessctlError`. */
export interface Done {
  readonly value?: unknown;
  readonly error?: string;
}

/** Threads that each have a session store and a connection of their own. */
export interface Crew {
  /** Gives each thread its list of jobs at the same moment, each list being done all at once; resolves to what became of them. */
  together(...lists: readonly (readonly Job[])[]): Promise<readonly (readonly Done[])[]>;
  stop(): Promise<void>;
}

/** A window's messages want the origin that may read them; a thread has none. */
function tell(thread: Worker, message: readonly Job[] | "end"): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  thread.postMessage(message);
}

/** Starts a crew. It runs what was built last, which `npm test` keeps up to date. */
export async function startCrew(size: number, options: SessionStoreOptions): Promise<Crew> {
  const worker = new URL("crew-worker.mjs", import.meta.url);
  const threads = Array.from({ length: size }, () => new Worker(worker, { workerData: options }));
  const reply = (thread: Worker) =>
    new Promise<readonly Done[]>((resolve, reject) => {
      thread.once("message", resolve);
      thread.once("error", reject);
    });
  const crew: Crew = {
    async together(...lists) {
      const replies = threads.map(reply);
      for (const [n, thread] of threads.entries()) tell(thread, lists[n] ?? []);
      const done = await Promise.all(replies);
      for (const thread of threads) thread.removeAllListeners("error");
      return done;
    },
    async stop() {
      const ends = threads.map((thread) => new Promise((resolve) => thread.once("exit", resolve)));
      for (const thread of threads) tell(thread, "end");
      await Promise.all(ends);
    },
  };
  // Connected before the first race.
  await crew.together(...threads.map(() => [["listUser", "nobody"] as const]));
  return crew;
}
