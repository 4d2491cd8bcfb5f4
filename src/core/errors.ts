/**
 * Every way in which sessctl can fail in front of a user.
 *
 * - `invalid-argument`: a value passed in cannot be used
 * - `invalid-url`: a connection URL that is none
 * - `unreachable`: Redis could not be reached, or the connection broke
 * - `timeout`: Redis did not answer within the command timeout
 * - `denied`: wrong password, or an ACL forbids the command
 * - `unavailable`: Redis answered that it cannot serve now (loading, read-only, out of memory)
 * - `wrong-type`: a key under the namespace is of another type than sessctl keeps there
 * - `unsupported`: the server or the layout cannot do this
 * - `data-too-large`: session data over `maxDataBytes`
 * - `limit-reached`: the user has `maxPerUser` sessions already, and `onLimit` is `refuse`
 * - `not-found`: nothing has that id
 * - `ambiguous-id`: an id prefix that several sessions share
 * - `conflict`: others kept changing the same session
 * - `closed`: the store was closed
 */
export type ErrorCode =
  | "invalid-argument"
  | "invalid-url"
  | "unreachable"
  | "timeout"
  | "denied"
  | "unavailable"
  | "wrong-type"
  | "unsupported"
  | "data-too-large"
  | "limit-reached"
  | "not-found"
  | "ambiguous-id"
  | "conflict"
  | "closed";

/** What an error carries beside its code and message. */
export interface ErrorDetails {
  /** The next thing to try, one sentence. */
  readonly hint?: string;
  /** What was read when the mistake was found, and where in it that is. */
  readonly excerpt?: Excerpt;
  readonly cause?: unknown;
}

/** A place in a text: `at` is the UTF-16 unit, from 0 to the text's length. */
export interface Excerpt {
  readonly text: string;
  readonly at: number;
}

/** An expected failure, with what happened (`message`) and what to try (`hint`). Anything else thrown is a bug. */
export class SessctlError extends Error {
  override readonly name = "SessctlError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly excerpt: Excerpt | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.excerpt = details.excerpt;
  }
}

/** The error of a creation or login beyond `maxPerUser`. */
export function limitReached(maxPerUser: number): SessctlError {
  return new SessctlError("limit-reached", `this user has ${maxPerUser} sessions already, which is maxPerUser`, {
    hint: "Let the user end one of them first.",
  });
}

/** The error of using a store after `close`. */
export function closedError(): SessctlError {
  return new SessctlError("closed", "the session store was closed", {
    hint: "Close it after the last request, when the application ends.",
  });
}
