import { type ErrorCode, type ErrorDetails, SessctlError } from "../core/errors.js";
import type { RefusalReason } from "../core/ports.js";

/** A failure around the session of a request, with the status of the response to it; Express and Fastify read `statusCode`. */
export class RequestSessionError extends SessctlError {
  readonly statusCode: number;

  constructor(code: ErrorCode, message: string, details: ErrorDetails & { readonly statusCode: number }) {
    super(code, message, details);
    this.statusCode = details.statusCode;
  }
}

/** Failures of the store itself, of which the request is innocent. */
const unavailable: ReadonlySet<ErrorCode> = new Set(["unreachable", "timeout", "denied", "unavailable", "closed"]);

/**
 * What the framework's error handler gets for a failure of the store: a 503 that does not tell visitors where the store
 * is, with the failure itself as the `cause`; a 403 for a login beyond `maxPerUser`. Anything else is returned as it is.
 */
export function storeFailure(error: unknown): unknown {
  if (!(error instanceof SessctlError) || error instanceof RequestSessionError) return error;
  const details = { cause: error, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  if (error.code === "limit-reached") {
    return new RequestSessionError(error.code, error.message, { statusCode: 403, ...details });
  }
  if (!unavailable.has(error.code)) return error;
  return new RequestSessionError(error.code, "the session store is not available", { statusCode: 503, ...details });
}

/** The failure of a request whose session ended while it ran. A session that another request rotated lives on: 409, try again. */
export function sessionEnded(reason: RefusalReason): RequestSessionError {
  return reason === "rotated"
    ? new RequestSessionError("conflict", "another request gave the session a new token meanwhile", {
        statusCode: 409,
        hint: "The browser has the new cookie by now: send the request again.",
      })
    : new RequestSessionError("not-found", `the session ended during the request (${reason})`, {
        statusCode: 401,
        hint: "Log in again.",
      });
}
