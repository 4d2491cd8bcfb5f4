import fastify, { type FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { sessionOf, sessionPlugin } from "../../src/http/fastify.js";
import { createMemorySessionStore } from "../../src/index.js";
import { httpSessionContract } from "../contracts/http-session.js";

const formType = "application/x-www-form-urlencoded";

httpSessionContract("Fastify", {
  start: async (options, actions) => {
    const app = fastify();
    app.addContentTypeParser(formType, (_, __, done) => done(null, {}));
    await app.register(sessionPlugin, options);
    for (const [name, action] of Object.entries(actions)) {
      app.route({
        method: ["GET", "POST"],
        url: `/${name}`,
        handler: async (request, reply) => {
          const query = new URL(request.url, "http://localhost").searchParams;
          return reply.type("application/json").send(JSON.stringify((await action(sessionOf(request), query)) ?? null));
        },
      });
    }
    return { origin: await app.listen({ port: 0, host: "127.0.0.1" }), stop: () => app.close() };
  },
});

describe("the Fastify plugin", () => {
  it("puts the session where handlers look for it, typed, outside its own scope too", async () => {
    const app = fastify();
    await app.register(async (inner) => {
      await inner.register(sessionPlugin, { store: createMemorySessionStore() });
      inner.get("/", async (request, reply) => {
        reply.header("set-cookie", "theme=dark");
        await request.session.login("alice");
        await request.session.rotate();
        return request.session.user;
      });
    });
    const response = await fetch(await app.listen({ port: 0, host: "127.0.0.1" }));
    expect(await response.text()).toBe("alice");
    expect(response.headers.getSetCookie().map((line) => line.split("=", 1)[0])).toEqual(["theme", "__Host-session"]);
    await app.close();
  });

  it("refuses a property that is taken", async () => {
    const app = fastify();
    app.decorateRequest("session", { getter: () => sessionOf({} as FastifyRequest) });
    await expect(app.register(sessionPlugin, { store: createMemorySessionStore() })).rejects.toThrow("session");
    await app.close();
  });
});
