import type { IncomingMessage } from "node:http";
import type { Client } from "../core/session.js";
import { clientReaderFor, type ProxyOptions } from "../http/client-of.js";

const clients = new WeakMap<object, Client>();

/**
 * Middleware that lets the store note which clients use a session. It touches nothing in the session itself, so that it
 * makes no session of a visit. Anywhere before the response ends will do: `app.use(recordClients())`.
 */
export function recordClients(
  options: ProxyOptions = {},
): (request: IncomingMessage, response: unknown, next: () => void) => void {
  const clientOf = clientReaderFor(options);
  return (request, _, next) => {
    clients.set(request, clientOf(request));
    next();
  };
}

/** Who sent the request that a session of express-session belongs to; `undefined` when it was not recorded. */
export function recordedClient(session: object): Client | undefined {
  const request: unknown = "req" in session ? session.req : undefined;
  return typeof request === "object" && request !== null ? clients.get(request) : undefined;
}
