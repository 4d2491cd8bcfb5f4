import type { ErrorCode } from "../core/errors.js";

/** What the process's exit code says. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  nothing: 3,
  redis: 4,
  partly: 5,
  found: 10,
  interrupted: 130,
} as const;

/** Each exit code in a sentence, for help and documentation. */
export const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: "done",
  failed: "failed, or the answer to a question was no: nothing was changed",
  usage: "the command line, a filter or a setting is wrong",
  nothing: "nothing matched",
  redis: "Redis could not be reached, refused, or did not answer in time",
  partly: "some of it was done and some could not be, or fewer replicas than --wait asks for have it",
  found:
    "what was looked for was found: an audit's finding or doctor's verdict at or above --fail-on, a break in the trail",
  interrupted: "interrupted by Ctrl-C; 129 when its terminal was closed, 143 when it was ended by SIGTERM",
};

/** One of `exitCodes`, or a signal's. */
export type ExitCode = number;

const byError: Readonly<Record<ErrorCode, ExitCode>> = {
  "invalid-argument": exitCodes.usage,
  "invalid-url": exitCodes.usage,
  "ambiguous-id": exitCodes.usage,
  "not-found": exitCodes.nothing,
  unreachable: exitCodes.redis,
  timeout: exitCodes.redis,
  denied: exitCodes.redis,
  unavailable: exitCodes.redis,
  "wrong-type": exitCodes.failed,
  unsupported: exitCodes.failed,
  "data-too-large": exitCodes.failed,
  conflict: exitCodes.failed,
  "limit-reached": exitCodes.failed,
  closed: exitCodes.failed,
};

/** The exit code of an expected failure. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return byError[code];
}
