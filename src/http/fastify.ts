import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { SessctlError } from "../core/errors.js";
import { type HttpOptions, requestSessions } from "./request-sessions.js";
import type { ResponseHeaders } from "./response.js";
import type { RequestSession } from "./session.js";

export type { ProxyOptions } from "./client-of.js";
export type { CookieOptions } from "./cookie.js";
export { RequestSessionError } from "./failure.js";
export type { HttpOptions } from "./request-sessions.js";
export type { RequestData } from "./request-data.js";
export type { LoginOptions, RequestSession } from "./session.js";
export type { CookieSecret } from "./signature.js";

declare module "fastify" {
  /**
   * Inherited, so that the `session` of another plugin has precedence where both are in one program; then use `sessionOf`.
   * @ts-ignore */
  interface FastifyRequest extends Sessctl.WithSession {}
}

const sessions = new WeakMap<FastifyRequest, RequestSession>();

const plugin: FastifyPluginAsync<HttpOptions> = async (fastify, options) => {
  const { property = "session" } = options;
  const open = requestSessions(options);
  fastify.decorateRequest(property, {
    getter(this: FastifyRequest) {
      return sessionOf(this);
    },
  });
  fastify.addHook("onRequest", async (request, reply) => {
    sessions.set(request, await open(request.raw, headersOf(reply)));
  });
};

/**
 * A Fastify 5 plugin that gives every request its session, as `request.session` or under another `property`. A store that
 * fails ends the request with a 503: none goes on as if it were anonymous.
 */
export const sessionPlugin: FastifyPluginAsync<HttpOptions> = Object.assign(plugin, {
  // What the package fastify-plugin sets: the hook holds for the routes beside the plugin, not only for those inside it.
  [Symbol.for("skip-override")]: true,
  [Symbol.for("fastify.display-name")]: "sessctl",
  [Symbol.for("plugin-meta")]: { fastify: "5.x", name: "sessctl" },
});

/** The session of a request that went through the plugin, whatever property holds it; an `invalid-argument` for others. */
export function sessionOf(request: FastifyRequest): RequestSession {
  const session = sessions.get(request);
  if (session !== undefined) return session;
  throw new SessctlError("invalid-argument", "the request has no session yet", {
    hint: "Register sessionPlugin before the plugins that use sessions; it opens them in onRequest.",
  });
}

function headersOf(reply: FastifyReply): ResponseHeaders {
  return {
    get sent() {
      return reply.sent || reply.raw.headersSent;
    },
    get: (name) => reply.getHeader(name),
    set: (name, value) => {
      // Fastify adds to a `set-cookie` that is there instead of replacing it.
      reply.removeHeader(name);
      reply.header(name, value);
    },
  };
}
