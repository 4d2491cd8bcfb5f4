import type { ErrorCode } from "../core/errors.js";

/** What the process's exit code says. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Nothing matched. */
  nothing: 3,
  /** Redis unreachable, refused or timed out. */
  redis: 4,
  /** Some of it was done. */
  partly: 5,
  /** The audit found something at or above `--fail-on`. */
  found: 10,
  interrupted: 130,
} as const;

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
