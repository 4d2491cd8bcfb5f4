import type { IncomingMessage, ServerResponse } from "node:http";
import express from "express";
import express4 from "express4";
import { describe, expect, it } from "vitest";
import { type HttpOptions, sessionMiddleware, sessionOf } from "../../src/http/express.js";
import { createMemorySessionStore } from "../../src/index.js";
import { type Action, httpSessionContract } from "../contracts/http-session.js";
import { deferred } from "../helpers/deferred.js";
import { serve } from "../helpers/serve.js";

const queryOf = (request: IncomingMessage) => new URL(request.url ?? "/", "http://localhost").searchParams;

function expressApp(create: typeof express) {
  return (options: HttpOptions, actions: Readonly<Record<string, Action>>) => {
    const app = create();
    app.use(sessionMiddleware(options));
    for (const [name, action] of Object.entries(actions)) {
      app.all(`/${name}`, (request, response, next) => {
        Promise.resolve()
          .then(() => action(sessionOf(request), queryOf(request)))
          .then((result) => response.json(result ?? null), next);
      });
    }
    return serve(app);
  };
}

httpSessionContract("Express 5", { start: expressApp(express) });
httpSessionContract("Express 4", { start: expressApp(express4) });

/** Connect's contract by hand: `(request, response, next)` on a plain server. */
httpSessionContract("Connect", {
  start: (options, actions) => {
    const middleware = sessionMiddleware(options);
    return serve((request: IncomingMessage, response: ServerResponse) => {
      const fail = (error: unknown) => {
        response.statusCode = (error as { statusCode?: number }).statusCode ?? 500;
        response.end(String(error));
      };
      const act = async () => {
        const action = actions[new URL(request.url ?? "/", "http://localhost").pathname.slice(1)];
        try {
          response.end(JSON.stringify((await action?.(sessionOf(request), queryOf(request))) ?? null));
        } catch (error) {
          fail(error);
        }
      };
      middleware(request, response, (error) => {
        if (error === undefined) void act();
        else fail(error);
      });
    });
  },
});

describe("the Express middleware", () => {
  it("puts the session where handlers look for it", async () => {
    const app = express();
    app.use(sessionMiddleware({ store: createMemorySessionStore() }));
    app.get("/", async (request, response) => {
      const { session } = request as unknown as Sessctl.WithSession;
      await session.login("alice");
      response.send(session.user);
    });
    const running = await serve(app);
    expect(await (await fetch(running.origin)).text()).toBe("alice");
    await running.stop();
  });

  it("does not push other middleware's session aside", async () => {
    const app = express();
    app.use(sessionMiddleware({ store: createMemorySessionStore() }));
    app.use(sessionMiddleware({ store: createMemorySessionStore() }));
    app.get("/", (_, response) => void response.send("reached"));
    const running = await serve(app);
    const response = await fetch(running.origin);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("req.session is taken");
    await running.stop();
  });

  it("keeps the cookies that the application sets", async () => {
    const app = express();
    app.use(sessionMiddleware({ store: createMemorySessionStore() }));
    app.get("/", async (request, response) => {
      response.cookie("theme", "dark");
      await sessionOf(request).login("alice");
      await sessionOf(request).rotate();
      response.send("");
    });
    const running = await serve(app);
    const cookies = (await fetch(running.origin)).headers.getSetCookie().map((line) => line.split("=", 1)[0]);
    expect(cookies).toEqual(["theme", "__Host-session"]);
    await running.stop();
  });

  it("does not start a session that the browser would never hear of", async () => {
    const store = createMemorySessionStore();
    const outcome = deferred<unknown>();
    const app = express();
    app.use(sessionMiddleware({ store }));
    app.get("/", (request, response) => {
      response.send("sent");
      sessionOf(request).login("alice").then(outcome.resolve, outcome.resolve);
    });
    const running = await serve(app);
    await fetch(running.origin);
    expect(await outcome.promise).toMatchObject({
      code: "invalid-argument",
      message: expect.stringContaining("begun"),
    });
    expect(await store.listUser("alice")).toEqual([]);
    await running.stop();
  });

  it("says so when a request did not go through it", () => {
    expect(() => sessionOf({} as IncomingMessage)).toThrow("did not go through");
  });
});
