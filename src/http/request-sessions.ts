import type { SessionStore } from "../core/ports.js";
import { clientReaderFor, type ClientRequest, type ProxyOptions } from "./client-of.js";
import { type CookieOptions, SessionCookie } from "./cookie.js";
import { SessctlError } from "../core/errors.js";
import { type ResponseHeaders, setCookie } from "./response.js";
import { openSession } from "./open-session.js";
import type { RequestSession } from "./session.js";

/** What sessions over HTTP need, whichever framework. */
export interface HttpOptions extends ProxyOptions {
  readonly store: SessionStore;
  readonly cookie?: CookieOptions;
  /** Property of the request that holds the session; default `"session"`. */
  readonly property?: string;
  /** Milliseconds since 1970, for the age of persistent cookies; default the system's clock. */
  readonly clock?: () => number;
}

/** Opens the session of a request whose response has these headers. */
export type OpenSession = (request: ClientRequest, response: ResponseHeaders) => Promise<RequestSession>;

/** Checks the options once, and opens requests' sessions by them. */
export function requestSessions(options: HttpOptions): OpenSession {
  const { store, clock = Date.now } = options;
  const sessionCookie = new SessionCookie(options.cookie);
  const clientOf = clientReaderFor(options);
  return (request, response) => {
    const write = (value: string) => {
      if (!response.sent) setCookie(response, sessionCookie.name, value);
    };
    const cookie = {
      check: () => {
        if (response.sent) throw tooLate();
      },
      set: (token: string, session: Parameters<typeof sessionCookie.write>[1]) =>
        write(sessionCookie.write(token, session, clock())),
      remove: () => write(sessionCookie.remove()),
    };
    const header = request.headers["cookie"];
    return openSession(
      { store, cookie, client: clientOf(request) },
      sessionCookie.read(typeof header === "string" ? header : header?.join("; ")),
    );
  };
}

function tooLate(): SessctlError {
  return new SessctlError(
    "invalid-argument",
    "the response has begun, so a new session token cannot reach the browser",
    {
      hint: "Call login, rotate and the first save before sending the response, and await them.",
    },
  );
}
