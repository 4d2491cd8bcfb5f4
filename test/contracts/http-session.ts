import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import type { HttpOptions, RequestSession } from "../../src/http/express.js";
import { Browser } from "../helpers/browser.js";
import { deferred } from "../helpers/deferred.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** What a route does with the session of its request; the answer is sent as JSON. */
export type Action = (session: RequestSession, query: URLSearchParams) => unknown;

/** A framework under test: serves each action at `/<name>`, with the framework's own error handler. */
export interface Framework {
  start(options: HttpOptions, actions: Readonly<Record<string, Action>>): Promise<RunningApp>;
}

export interface RunningApp {
  readonly origin: string;
  stop(): Promise<unknown>;
}

const cookieName = "__Host-session";

/** What sessions over HTTP promise in every framework, over real HTTP and a real Redis. */
export function httpSessionContract(name: string, framework: Framework): void {
  describe(`sessions over HTTP: ${name}`, () => {
    let redis: TestRedis;
    let store: SessionStore;
    let app: RunningApp;
    let browser: Browser;
    /** Lets a test hold a request in the middle, and send others meanwhile. */
    let gate: { entered: Promise<void>; open: () => void } & { enter: () => Promise<void> };

    const actions: Record<string, Action> = {
      who: ({ id, user, level, data, refused }) => ({ id, user, level, data, refused }),
      nothing: () => ({}),
      set: async (session, query) => {
        for (const [key, value] of query) session.data[key] = value;
        await session.save();
        return session.data;
      },
      add: async (session) => {
        await session.save((data) => ({ ...data, count: Number(data["count"] ?? 0) + 1 }));
        return session.data;
      },
      "slow-set": async (session, query) => {
        await gate.enter();
        for (const [key, value] of query) session.data[key] = value;
        await session.save();
        return session.data;
      },
      login: async (session, query) => {
        const level = query.get("level");
        await session.login(query.get("user") ?? "", level === null ? {} : { level });
        return { id: session.id, user: session.user };
      },
      elevate: (session, query) => session.elevate(query.get("level") ?? ""),
      rotate: (session) => session.rotate(),
      logout: (session) => session.logout(),
      twice: (session) =>
        Promise.all([session.save((data) => ({ ...data, a: 1 })), session.save((data) => ({ ...data, b: 2 }))]),
      print: (session) => ({
        inspected: inspect(session, { depth: 9, showHidden: true }),
        json: JSON.stringify(session),
      }),
      fail: () => {
        throw new Error("the application failed");
      },
    };

    const start = async (options: Partial<HttpOptions> = {}) => {
      app = await framework.start({ store, ...options }, actions);
      browser = new Browser(app.origin);
    };
    const who = async (who = browser) => (await who.get("/who")).json() as Record<string, unknown>;
    const token = (of = browser) => of.cookies.get(cookieName);
    const holding = (cookie: string | undefined) => {
      const other = new Browser(app.origin);
      if (cookie !== undefined) other.cookies.set(cookieName, cookie);
      return other;
    };

    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());
    beforeEach(async () => {
      const entered = deferred<void>();
      const left = deferred<void>();
      gate = {
        entered: entered.promise,
        open: left.resolve,
        enter: () => {
          entered.resolve();
          return left.promise;
        },
      };
      await redis.client.flushall();
      store = createSessionStore({ redis: redis.url, commandTimeoutMs: 400 });
      await start();
    });
    afterEach(async () => {
      await app.stop();
      await store.close();
    });

    it("gives a visitor without data no session and no cookie", async () => {
      const page = await browser.get("/who");
      expect(page.json()).toEqual({ data: {} });
      expect(page.headers.get("set-cookie")).toBeNull();
      expect(page.headers.get("cache-control")).toBeNull();
      expect(await redis.client.dbsize()).toBe(0);
    });

    it("starts a session with the first data that is saved", async () => {
      const page = await browser.post("/set?cart=book");
      expect(page.json()).toEqual({ cart: "book" });
      expect(page.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^__Host-session=[0-9a-f]{2}[\w-]{32}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
      ]);
      expect(page.headers.get("cache-control")).toBe("no-store");
      expect(await who()).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), data: { cart: "book" } });
    });

    it("sets the cookie once, not on every request", async () => {
      await browser.post("/set?cart=book");
      const page = await browser.post("/set?cart=pen");
      expect(page.headers.getSetCookie()).toEqual([]);
      expect(await who()).toMatchObject({ data: { cart: "pen" } });
    });

    it("starts one session when two saves run at once in one request", async () => {
      await browser.post("/twice");
      expect(await who()).toMatchObject({ data: { a: 1, b: 2 } });
      expect(await redis.client.keys("*:session:*")).toHaveLength(1);
    });

    it("logs in under a new token; the one before is dead, and who planted it has nothing", async () => {
      await browser.post("/set?cart=book");
      const planted = token();
      const page = await browser.post("/login?user=alice&level=aal1");
      expect(page.headers.get("cache-control")).toBe("no-store");
      expect(token()).not.toBe(planted);
      expect(await who()).toMatchObject({ user: "alice", level: "aal1", data: { cart: "book" } });
      expect(await who(holding(planted))).toEqual({ data: {}, refused: "rotated" });
      expect(await store.listUser("alice")).toHaveLength(1);
    });

    it("does not take over a token that a visitor brings along", async () => {
      const chosen = `00${"a".repeat(32)}`;
      browser.cookies.set(cookieName, chosen);
      await browser.post("/login?user=alice");
      expect(token()).toMatch(/^[0-9a-f]{2}[\w-]{32}$/);
      expect(token()).not.toBe(chosen);
    });

    it("gives nothing of one user's session to the next", async () => {
      await browser.post("/login?user=alice");
      await browser.post("/set?secret=x");
      const before = token();
      await browser.post("/login?user=bob");
      expect(await who()).toMatchObject({ user: "bob", data: {} });
      expect(await store.listUser("alice")).toEqual([]);
      expect(await who(holding(before))).toEqual({ data: {}, refused: "logout" });
    });

    it("raises the level under a new token, and keeps data and user", async () => {
      await browser.post("/login?user=alice&level=aal1");
      await browser.post("/set?cart=book");
      const before = token();
      await browser.post("/elevate?level=aal2");
      expect(await who()).toMatchObject({ user: "alice", level: "aal2", data: { cart: "book" } });
      expect(await who(holding(before))).toMatchObject({ refused: "rotated" });
    });

    it("refuses to raise the level of nobody", async () => {
      expect((await browser.post("/elevate?level=aal2")).status).toBe(500);
      expect(await redis.client.dbsize()).toBe(0);
    });

    it("ends the session and takes the cookie away at logout", async () => {
      await browser.post("/login?user=alice");
      const before = token();
      const page = await browser.post("/logout");
      expect(page.json()).toBe(true);
      expect(page.headers.getSetCookie()).toEqual([
        "__Host-session=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
      ]);
      expect(page.headers.get("cache-control")).toBe("no-store");
      expect(token()).toBeUndefined();
      expect(await store.listUser("alice")).toEqual([]);
      expect(await who(holding(before))).toEqual({ data: {}, refused: "logout" });
    });

    it.each([
      ["was revoked", async () => void (await store.revokeUser("alice")), "revoked"],
      ["was removed", async () => void (await redis.client.flushall()), "unknown"],
    ])("takes the cookie of a session away that %s", async (_, end, reason) => {
      await browser.post("/login?user=alice");
      await end();
      const page = await browser.get("/who");
      expect(page.json()).toEqual({ data: {}, refused: reason });
      expect(page.headers.getSetCookie()).toEqual([expect.stringContaining("Max-Age=0")]);
      expect(token()).toBeUndefined();
    });

    it.each(["nonsense", "", `00${"a".repeat(32)}`, `zz${"a".repeat(32)}`, "x".repeat(8000), '"quoted"', "%00%0d%0a"])(
      "takes a cookie away that is no token: %j",
      async (value) => {
        browser.cookies.set(cookieName, value);
        const page = await browser.get("/who");
        expect(page.status).toBe(200);
        expect(page.json()).toEqual({ data: {}, refused: "unknown" });
        expect(token()).toBeUndefined();
      },
    );

    it("answers 403 to a login that would be one too many", async () => {
      await app.stop();
      const one = createSessionStore({ redis: redis.url, maxPerUser: 1, onLimit: "refuse" });
      app = await framework.start({ store: one }, actions);
      expect((await holding(undefined).post("/login?user=alice")).status).toBe(200);
      const second = holding(undefined);
      expect((await second.post("/login?user=alice")).status).toBe(403);
      expect(token(second)).toBeUndefined();
      await one.close();
    });

    it("remembers the clients of a session, by the socket and not by what a header claims", async () => {
      await browser.post("/login?user=alice");
      await browser.get("/who", { "x-forwarded-for": "203.0.113.7" });
      const [session] = await store.listUser("alice");
      expect(session?.sightings).toMatchObject([{ ip: "127.0.0.1", userAgent: expect.stringContaining("Firefox") }]);
    });

    it("takes the client's address from a proxy that it is told to trust", async () => {
      await app.stop();
      await start({ trustedProxies: ["127.0.0.0/8"] });
      await browser.post("/login?user=alice", {}, { "x-forwarded-for": "198.51.100.9, 203.0.113.7" });
      expect((await store.listUser("alice"))[0]?.client.ip).toBe("203.0.113.7");
    });

    it("keeps the session under another property when asked to", async () => {
      await app.stop();
      await start({ property: "auth" });
      await browser.post("/login?user=alice");
      expect(await who()).toMatchObject({ user: "alice" });
    });

    describe("requests of one browser in parallel", () => {
      it("lose no update that is computed from the newest data", async () => {
        await browser.post("/login?user=alice");
        const pages = await Promise.all(Array.from({ length: 25 }, () => browser.post("/add")));
        expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
        expect(await who()).toMatchObject({ data: { count: 25 } });
      });

      it("keep each other's changes of different fields", async () => {
        await browser.post("/set?kept=1");
        const slow = browser.post("/slow-set?a=1");
        await gate.entered;
        await browser.post("/set?b=2");
        gate.open();
        expect((await slow).status).toBe(200);
        expect(await who()).toMatchObject({ data: { kept: "1", a: "1", b: "2" } });
      });

      it("are told of a conflict when both changed one field, and the first change stands", async () => {
        await browser.post("/set?a=0");
        const slow = browser.post("/slow-set?a=slow");
        await gate.entered;
        await browser.post("/set?a=quick");
        gate.open();
        expect((await slow).status).toBe(409);
        expect(await who()).toMatchObject({ data: { a: "quick" } });
      });

      it("cannot save under a token that another rotated, and leave the new cookie alone", async () => {
        await browser.post("/login?user=alice");
        const slow = browser.post("/slow-set?a=1");
        await gate.entered;
        await browser.post("/rotate");
        const rotated = token();
        gate.open();
        const page = await slow;
        expect(page.status).toBe(409);
        expect(page.headers.getSetCookie()).toEqual([]);
        expect(token()).toBe(rotated);
        expect(await who()).toMatchObject({ user: "alice", data: {} });
      });

      it("come too late with the old token without logging the browser out", async () => {
        await browser.post("/login?user=alice");
        const late = holding(token());
        await browser.post("/rotate");
        const page = await late.get("/who");
        expect(page.json()).toEqual({ data: {}, refused: "rotated" });
        expect(page.headers.getSetCookie()).toEqual([]);
      });

      it("do not bring back a session that one of them ended", async () => {
        await browser.post("/login?user=alice");
        const slow = browser.post("/slow-set?a=1");
        await gate.entered;
        await browser.post("/logout");
        gate.open();
        expect((await slow).status).toBe(401);
        expect(token()).toBeUndefined();
        expect(await redis.client.keys("*:session:*")).toEqual([]);
      });
    });

    describe("when the store fails", () => {
      it("answers 503, within the command timeout, and runs no handler as if the visitor were anonymous", async () => {
        await browser.post("/login?user=alice");
        const before = token();
        process.kill(redis.pid, "SIGSTOP");
        try {
          const page = await browser.get("/who");
          expect(page.status).toBe(503);
          expect(page.text).not.toContain(before);
          expect(page.headers.getSetCookie()).toEqual([]);
        } finally {
          process.kill(redis.pid, "SIGCONT");
        }
        expect(await who()).toMatchObject({ user: "alice" });
      });

      it("answers 503 to a login that cannot be kept, and sets no cookie", async () => {
        process.kill(redis.pid, "SIGSTOP");
        try {
          const page = await browser.post("/login?user=alice");
          expect(page.status).toBe(503);
          expect(page.headers.getSetCookie()).toEqual([]);
          expect(page.text).not.toContain(redis.socket);
        } finally {
          process.kill(redis.pid, "SIGCONT");
        }
      });

      it("does not tell visitors where the store is", async () => {
        await browser.post("/login?user=alice");
        const cookie = token();
        await app.stop();
        const away = createSessionStore({ redis: "redis+unix:///nowhere/redis.sock", commandTimeoutMs: 400 });
        app = await framework.start({ store: away }, actions);
        const page = await holding(cookie).get("/who");
        await away.close();
        expect(page.status).toBe(503);
        expect(page.text).toContain("the session store is not available");
        expect(page.text).not.toContain("nowhere");
      });

      it("serves visitors without a session all the same", async () => {
        process.kill(redis.pid, "SIGSTOP");
        try {
          expect((await browser.get("/nothing")).status).toBe(200);
        } finally {
          process.kill(redis.pid, "SIGCONT");
        }
      });
    });

    it("shows the token in nothing but the cookie", async () => {
      await browser.post("/login?user=alice");
      const secret = token()?.slice(2) ?? "";
      expect(secret).toHaveLength(32);
      for (const path of ["/print", "/who", "/fail"]) expect((await browser.get(path)).text).not.toContain(secret);
    });
  });
}
