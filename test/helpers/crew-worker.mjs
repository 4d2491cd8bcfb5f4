// A thread with a session store of its own, for crew.ts: it takes lists of jobs and does all of a list at once.
import { parentPort, workerData } from "node:worker_threads";
import { createSessionStore, SessctlError } from "../../dist/index.js";

const store = createSessionStore(workerData);

const work = {
  /** One after the other, each after the one before. */
  async increment(token, times) {
    const failures = [];
    for (let n = 0; n < times; n++) {
      const result = await store.update(token, (data) => ({ ...data, n: Number(data.n ?? 0) + 1 }));
      if (!result.ok) failures.push(result.reason);
    }
    return { done: times - failures.length, failures };
  },
  /** One after the other: what each validation said, and when it began and ended. */
  async watch(token, times) {
    const answers = [];
    for (let n = 0; n < times; n++) {
      const startedAt = Date.now();
      const check = await store.validate(token);
      answers.push({ answer: check.ok ? "ok" : check.reason, startedAt });
    }
    return answers;
  },
};

async function done([method, ...args]) {
  try {
    const value = await (work[method]?.(...args) ?? store[method](...args));
    // What a thread sends loses its getters, and the token is one.
    return value?.token === undefined ? { value } : { value: { ok: true, session: value.session, token: value.token } };
  } catch (error) {
    if (error instanceof SessctlError) return { error: error.code };
    throw error;
  }
}

async function answer(jobs) {
  const outcomes = await Promise.all(jobs.map(done));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort.postMessage(outcomes);
}

async function end() {
  await store.close();
  parentPort.close();
}

parentPort.on("message", (jobs) => {
  // What goes wrong shall end the thread, so that the test hears of it.
  (jobs === "end" ? end() : answer(jobs)).catch((error) =>
    setImmediate(() => {
      throw error;
    }),
  );
});
