import type { IncomingMessage, ServerResponse } from "node:http";
import { SessctlError } from "../core/errors.js";
import { type HttpOptions, requestSessions } from "./request-sessions.js";
import type { RequestSession } from "./session.js";

export type { ProxyOptions } from "./client-of.js";
export type { CookieOptions } from "./cookie.js";
export { RequestSessionError } from "./failure.js";
export type { HttpOptions } from "./request-sessions.js";
export type { RequestData } from "./request-data.js";
export type { LoginOptions, RequestSession } from "./session.js";
export type { CookieSecret } from "./signature.js";

/** Middleware of Express 4 and 5, Connect and whatever else calls `(request, response, next)`. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

declare global {
  namespace Express {
    /**
     * Inherited, so that express-session's own `session` has precedence where both are in one program; then use `sessionOf`.
     * @ts-ignore */
    interface Request extends Sessctl.WithSession {}
  }
}

const sessions = new WeakMap<IncomingMessage, RequestSession>();

/**
 * Middleware that gives every request its session, as `req.session` or under another `property`. A store that fails
 * passes an error with status 503 to the application's error handler: no request goes on as if it were anonymous.
 */
export function sessionMiddleware(options: HttpOptions): Middleware {
  const open = requestSessions(options);
  const { property = "session" } = options;
  return (request, response, next) => {
    if (property in request) {
      next(
        new SessctlError("invalid-argument", `req.${property} is taken by other middleware`, {
          hint: 'Choose another name: sessionMiddleware({ property: "auth", … }).',
        }),
      );
      return;
    }
    const headers = {
      get sent() {
        return response.headersSent;
      },
      get: (name: string) => response.getHeader(name),
      set: (name: string, value: string | string[]) => void response.setHeader(name, value),
    };
    const attach = async () => {
      try {
        const session = await open(request, headers);
        sessions.set(request, session);
        Object.defineProperty(request, property, { value: session, enumerable: true, configurable: true });
      } catch (error) {
        next(error);
        return;
      }
      next();
    };
    void attach();
  };
}

/** The session of a request that went through the middleware, whatever property holds it; an `invalid-argument` for others. */
export function sessionOf(request: IncomingMessage): RequestSession {
  const session = sessions.get(request);
  if (session !== undefined) return session;
  throw new SessctlError("invalid-argument", "the request did not go through sessionMiddleware", {
    hint: "Mount it before the routes: app.use(sessionMiddleware({ store })).",
  });
}
