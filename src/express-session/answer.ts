import { storeFailure } from "../http/failure.js";

/** Hands a result to whoever waits for it: the promise, and the callback outside of it, so that its own errors are its own. */
export function answer<Result>(
  work: Promise<Result>,
  callback: ((error: unknown, result?: Result) => void) | undefined,
): Promise<Result> {
  const result = work.catch((error: unknown) => {
    throw storeFailure(error);
  });
  if (callback !== undefined) {
    result.then(
      (value) => process.nextTick(callback, null, value),
      (error: unknown) => process.nextTick(callback, error),
    );
  }
  return result;
}
