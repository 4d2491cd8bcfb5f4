import { RedisStore as ConnectRedisStore } from "connect-redis";
import express from "express";
import session, { type SessionData } from "express-session";
import { createClient } from "redis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordClients, RedisStore, type RedisStoreOptions } from "../../src/express-session/index.js";
import { Browser } from "../helpers/browser.js";
import { type TestClock, testClock } from "../helpers/clock.js";
import { deferred } from "../helpers/deferred.js";
import { serve } from "../helpers/serve.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

declare module "express-session" {
  interface SessionData {
    user?: string;
    note?: string;
    views?: number;
  }
}

const hour = 3_600_000;
let redis: TestRedis;
let stores: RedisStore[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => redis.client.flushall());
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  stores = [];
});

function open(options: Partial<RedisStoreOptions> = {}): RedisStore {
  const store = new RedisStore({ redis: redis.url, commandTimeoutMs: 400, ...options });
  stores.push(store);
  return store;
}

/** A session as express-session hands it to a store, with a cookie that lives for `maxAge` from `now`. */
function data(fields: Record<string, unknown> = {}, maxAge = hour, now = Date.now()): SessionData {
  const cookie = { originalMaxAge: maxAge, expires: new Date(now + maxAge), httpOnly: true, path: "/" };
  return { cookie, ...fields };
}

const stored = async (key: string) => JSON.parse((await redis.client.get(key)) ?? "null") as Record<string, unknown>;

describe("the store for express-session, as a store", () => {
  it("keeps a session where connect-redis keeps it, in its form", async () => {
    await open().set("abc", data({ user: "alice" }));
    expect(await redis.client.keys("*")).toEqual(["sess:abc"]);
    expect(await stored("sess:abc")).toEqual({
      cookie: { originalMaxAge: hour, expires: expect.stringMatching(/Z$/), httpOnly: true, path: "/" },
      user: "alice",
    });
  });

  it("expires a session with its cookie, to the millisecond", async () => {
    const session = data({}, 90_500);
    await open().set("abc", session);
    expect(await redis.client.call("PEXPIRETIME", "sess:abc")).toBe(Number(session.cookie.expires));
  });

  it.each<[string, Partial<RedisStoreOptions>, number | "never"]>([
    ["a day", {}, 86_400_000],
    ["so many seconds as ttl says", { ttl: 1.5 }, 1500],
    ["as long as a function says", { ttl: ({ user }) => (user === "alice" ? 7 : 9) }, 7000],
    ["for ever with disableTTL", { disableTTL: true }, "never"],
  ])("keeps a session whose cookie ends with the browser for %s", async (_, options, ms) => {
    const clock = testClock();
    const cookie = { originalMaxAge: null, expires: null } as unknown as SessionData["cookie"];
    await open({ clock, ...options }).set("abc", { cookie, user: "alice" });
    const expected = ms === "never" ? -1 : clock() + ms;
    expect(await redis.client.call("PEXPIRETIME", "sess:abc")).toBe(expected);
  });

  it("answers by promise", async () => {
    const store = open();
    expect(await store.get("abc")).toBeNull();
    expect(await store.set("abc", data({ user: "alice" }))).toBe(true);
    expect(await store.get("abc")).toMatchObject({ user: "alice" });
    expect(await store.touch("abc", data())).toBe(true);
    expect(await store.length()).toBe(1);
    expect(await store.ids()).toEqual(["abc"]);
    expect(await store.all()).toMatchObject([{ id: "abc", user: "alice" }]);
    expect(await store.destroy("abc")).toBe(true);
    expect(await store.destroy("abc")).toBe(false);
    expect(await store.clear()).toBe(0);
  });

  it("answers by callback", async () => {
    const store = open();
    const called = (call: (callback: (...args: unknown[]) => void) => unknown) =>
      new Promise((resolve) => void call((...args) => resolve(args)));
    expect(await called((done) => store.get("abc", done))).toEqual([null, null]);
    expect(await called((done) => store.set("abc", data({ user: "alice" }), done))).toEqual([null]);
    expect(await called((done) => store.get("abc", done))).toEqual([null, expect.objectContaining({ user: "alice" })]);
    expect(await called((done) => store.touch("abc", data(), done))).toEqual([null]);
    expect(await called((done) => store.length(done))).toEqual([null, 1]);
    expect(await called((done) => store.ids(done))).toEqual([null, ["abc"]]);
    expect(await called((done) => store.all(done))).toEqual([null, [expect.objectContaining({ id: "abc" })]]);
    expect(await called((done) => store.clear(done))).toEqual([null]);
    expect(await called((done) => store.destroy("abc", done))).toEqual([null]);
    await store.close();
    expect(await called((done) => store.get("abc", done))).toMatchObject([{ code: "closed", statusCode: 503 }]);
  });

  it.each(["not json", "null", "[]", "{}", '{"cookie":null}', '"text"'])(
    "takes a record that cannot be a session for none: %j",
    async (text) => {
      const store = open();
      await redis.client.set("sess:abc", text);
      await store.set("good", data({ user: "alice" }));
      expect(await store.get("abc")).toBeNull();
      expect(await store.all()).toMatchObject([{ id: "good" }]);
      expect(await store.length()).toBe(2);
    },
  );

  it("leaves keys alone that only look like its own", async () => {
    const store = open({ prefix: "a*[b]?:" });
    const own = ["1", "2", "3"];
    for (const sid of own) await store.set(sid, data());
    for (const key of ["a*b:x", "axb1:", "aXb?:1", "a*[b]?", "gone:x"]) await redis.client.set(key, "{}");
    await redis.client.hset("a*[b]?:hash", { a: 1 });
    expect((await store.ids()).toSorted()).toEqual([...own, "hash"]);
    expect((await store.all()).map(({ id }) => id).toSorted()).toEqual(own);
    expect(await store.clear()).toBe(4);
    expect(await redis.client.dbsize()).toBe(5);
  });

  it("counts, lists and clears more sessions than travel at once", async () => {
    const store = open();
    const pipeline = redis.client.pipeline();
    for (let n = 0; n < 5000; n++) pipeline.set(`sess:${n}`, JSON.stringify(data({ n })));
    await pipeline.exec();
    expect(await store.length()).toBeGreaterThanOrEqual(5000);
    expect(await store.all()).toHaveLength(5000);
    let largest = 0;
    for await (const batch of store.walk()) largest = Math.max(largest, batch.length);
    expect(largest).toBeLessThan(3000);
    expect(await store.clear()).toBe(5000);
  });

  it("takes another serializer, also one whose parse is asynchronous", async () => {
    const serializer = {
      stringify: (value: object) => Buffer.from(JSON.stringify(value)).toString("base64"),
      parse: (text: string) => Promise.resolve(JSON.parse(Buffer.from(text, "base64").toString()) as unknown),
    };
    const store = open({ serializer });
    await store.set("abc", data({ user: "alice" }));
    expect(await redis.client.get("sess:abc")).not.toContain("alice");
    expect(await store.touch("abc", data())).toBe(true);
    expect(await store.get("abc")).toMatchObject({ user: "alice" });
  });

  it.each([
    ["a node-redis client", { client: createClient() }],
    ["a node-redis client as redis", { redis: createClient() }],
    ["nothing", {}],
    ["a ttl of words", { redis: "redis://127.0.0.1", ttl: Number("1 hour") }],
  ])("refuses %s, and says what it wants", (_, options) => {
    expect(() => new RedisStore(options as unknown as RedisStoreOptions)).toThrow(
      expect.objectContaining({ code: "invalid-argument" }),
    );
  });
});

describe("a session that has ended does not come back", () => {
  it("by a late set or touch of one that was loaded, however it ended", async () => {
    const store = open();
    for (const end of [
      () => store.destroy("abc"),
      () => redis.client.del("sess:abc"),
      () => redis.client.pexpire("sess:abc", 0),
    ]) {
      await store.set("abc", data({ user: "alice" }));
      await redis.client.del("gone:{sess:abc}");
      const loaded = await store.get("abc");
      await end();
      expect(await store.set("abc", loaded ?? data())).toBe(false);
      expect(await store.touch("abc", loaded ?? data())).toBe(false);
      expect(await redis.client.exists("sess:abc")).toBe(0);
      await redis.client.del("gone:{sess:abc}");
    }
  });

  it("by a late set of the object that began it", async () => {
    const store = open();
    const fresh = data({ user: "alice" });
    await store.set("abc", fresh);
    await open().destroy("abc");
    await redis.client.del("gone:{sess:abc}");
    expect(await store.set("abc", fresh)).toBe(false);
  });

  it("by a set from a process that never saw it, while the tombstone stands", async () => {
    const store = open({ tombstoneMs: 5000 });
    await store.set("abc", data());
    await store.destroy("abc");
    expect(await redis.client.pttl("gone:{sess:abc}")).toBeGreaterThan(4000);
    expect(await open().set("abc", data())).toBe(false);
    expect(await open().set("abc", data(), undefined)).toBe(false);
    expect(await redis.client.exists("sess:abc")).toBe(0);
  });

  it("and leaves no tombstone when there was no session", async () => {
    await open().destroy("abc");
    expect(await redis.client.dbsize()).toBe(0);
  });

  it.each(["{app}sess:", "{app}:", "}sess:", "{}sess:", "{sess:"])("with the prefix %j", async (prefix) => {
    const store = open({ prefix });
    await store.set("abc", data());
    const loaded = await store.get("abc");
    await store.destroy("abc");
    expect(await store.set("abc", loaded ?? data())).toBe(false);
    expect(await store.ids()).toEqual([]);
  });
});

describe("touch", () => {
  it("puts off the expiry of the key and of the stored cookie alike, and leaves the rest", async () => {
    const clock: TestClock = testClock();
    const store = open({ clock });
    await store.set("abc", data({ user: "alice", views: 1 }, hour, clock()));
    const loaded = (await store.get("abc")) ?? data();
    await open().set("abc", data({ user: "alice", views: 2 }, hour, clock()));
    clock.advance(60_000);
    const later = Object.assign(loaded, { cookie: data({}, hour, clock()).cookie });
    expect(await store.touch("abc", later)).toBe(true);
    const record = await stored("sess:abc");
    expect(record).toMatchObject({ views: 2, cookie: { expires: new Date(clock() + hour).toISOString() } });
    expect(await redis.client.call("PEXPIRETIME", "sess:abc")).toBe(clock() + hour);
  });

  it("never brings an expiry forward that another request has put off further", async () => {
    const clock = testClock();
    const store = open({ clock });
    await store.set("abc", data({}, hour, clock()));
    const loaded = (await store.get("abc")) ?? data();
    const further = data({}, hour, clock() + 5000);
    await open().touch("abc", further);
    await store.touch("abc", Object.assign(loaded, { cookie: data({}, hour, clock() + 1000).cookie }));
    expect(await redis.client.call("PEXPIRETIME", "sess:abc")).toBe(Number(further.cookie.expires));
  });

  it("does nothing when it is disabled", async () => {
    const store = open({ disableTouch: true });
    await store.set("abc", data({}, 1000));
    await store.touch("abc", data({}, hour));
    expect(await redis.client.pttl("sess:abc")).toBeLessThanOrEqual(1000);
  });
});

describe("beside connect-redis", () => {
  it("reads its sessions, and is read by it", async () => {
    const client = createClient({ socket: { path: redis.socket, tls: false } });
    await client.connect();
    const theirs = new ConnectRedisStore({ client });
    const ours = open();
    await theirs.set("theirs", data({ user: "alice" }));
    expect(await ours.get("theirs")).toMatchObject({ user: "alice", cookie: { originalMaxAge: hour } });
    await ours.set("ours", data({ user: "bob" }));
    expect(await theirs.get("ours")).toMatchObject({ user: "bob" });
    expect(((await theirs.ids()) as string[]).toSorted()).toEqual(["ours", "theirs"]);
    expect((await ours.ids()).toSorted()).toEqual(["ours", "theirs"]);
    client.destroy();
  });

  it("mends what connect-redis does: a destroyed session comes back there", async () => {
    const client = createClient({ socket: { path: redis.socket, tls: false } });
    await client.connect();
    const theirs = new ConnectRedisStore({ client });
    await theirs.set("abc", data());
    const loaded = (await theirs.get("abc")) as SessionData;
    await theirs.destroy("abc");
    await theirs.set("abc", loaded);
    expect(await redis.client.exists("sess:abc")).toBe(1);
    client.destroy();
  });
});

describe("in an application of express-session", () => {
  interface App {
    readonly browser: Browser;
    readonly origin: string;
    readonly gate: { readonly entered: Promise<void>; readonly open: () => void };
    readonly stop: () => Promise<unknown>;
  }
  let apps: App[] = [];
  afterEach(async () => {
    await Promise.all(apps.map(({ stop }) => stop()));
    apps = [];
  });

  async function start(store: RedisStore, options: Partial<session.SessionOptions> = {}, recorder = recordClients()) {
    const entered = deferred<void>();
    const left = deferred<void>();
    const app = express();
    app.use(
      session({
        store,
        secret: "a secret of the test",
        resave: false,
        saveUninitialized: false,
        cookie: { maxAge: hour },
        ...options,
      }),
    );
    app.use(recorder);
    app.get("/who", (request, response) => void response.json({ user: request.session.user, id: request.sessionID }));
    app.get("/data", (request, response) => void response.json(request.session));
    app.post("/login", (request, response, next) => {
      request.session.regenerate((error) => {
        if (error !== null && error !== undefined) {
          next(error);
          return;
        }
        request.session.user = "alice";
        request.session.save((failed: unknown) => (failed === null ? response.end() : next(failed)));
      });
    });
    app.post("/note", (request, response) => {
      request.session.note = "noted";
      response.end();
    });
    app.post("/slow", async (request, response) => {
      entered.resolve();
      await left.promise;
      request.session.note = "late";
      response.end();
    });
    app.post("/logout", (request, response, next) => {
      request.session.destroy((error: unknown) => (error === null ? response.end() : next(error)));
    });
    const running = await serve(app);
    const { origin } = running;
    const gate = { entered: entered.promise, open: () => left.resolve() };
    const started: App = { browser: new Browser(origin), origin, gate, stop: () => running.stop() };
    apps.push(started);
    return started;
  }

  const onlyKey = async () => {
    const keys = await redis.client.keys("sess:*");
    expect(keys).toHaveLength(1);
    return keys[0] ?? "";
  };

  it("logs in, remembers and logs out", async () => {
    const { browser } = await start(open());
    await browser.post("/login");
    expect((await browser.get("/who")).json()).toMatchObject({ user: "alice" });
    await browser.post("/note");
    expect(await stored(await onlyKey())).toMatchObject({ user: "alice", note: "noted" });
    await browser.post("/logout");
    expect(await redis.client.keys("sess:*")).toEqual([]);
    expect((await browser.get("/who")).json()).not.toHaveProperty("user");
  });

  it("does not bring a session back when a slow request ends after the logout", async () => {
    const { browser, gate } = await start(open());
    await browser.post("/login");
    const slow = browser.post("/slow");
    await gate.entered;
    await browser.post("/logout");
    gate.open();
    expect((await slow).status).toBe(200);
    expect(await redis.client.keys("sess:*")).toEqual([]);
  });

  it("does not bring a session back that an operator deleted under a slow request", async () => {
    const { browser, gate } = await start(open());
    await browser.post("/login");
    const slow = browser.post("/slow");
    await gate.entered;
    await redis.client.del(await onlyKey());
    gate.open();
    await slow;
    expect(await redis.client.keys("*")).toEqual([]);
  });

  it("rolls the stored cookie with every request, though nothing else changed", async () => {
    const clock = testClock();
    const { browser } = await start(open({ clock }));
    await browser.post("/login");
    const key = await onlyKey();
    const expiry = async () => Date.parse(((await stored(key))["cookie"] as { readonly expires: string }).expires);
    const before = await expiry();
    await expect.poll(async () => (await browser.get("/who"), await expiry())).toBeGreaterThan(before);
    expect(await redis.client.call("PEXPIRETIME", key)).toBe(await expiry());
  });

  it("makes no session of a visit", async () => {
    const { browser } = await start(open());
    await browser.get("/who");
    expect(await redis.client.dbsize()).toBe(0);
    expect(browser.cookies.size).toBe(0);
  });

  describe("with the recorder", () => {
    const other = "curl/8.5.0";

    it("keeps who began a session and who used it, across saves and touches", async () => {
      const clock = testClock();
      const { browser } = await start(open({ clock }), {}, recordClients({ trustedProxies: 1 }));
      const from = (ip: string, userAgent: string) => ({ "x-forwarded-for": ip, "user-agent": userAgent });
      await browser.post("/login", {}, from("203.0.113.7", "Firefox"));
      const key = await onlyKey();
      const createdAt = clock();
      clock.advance(5000);
      await browser.get("/who", from("203.0.113.7", "Firefox"));
      await browser.get("/who", from("198.51.100.1", other));
      clock.advance(5000);
      await browser.post("/note", {}, from("203.0.113.7", "Firefox"));
      expect((await stored(key))["sessctl"]).toEqual({
        createdAt,
        sightings: [
          { at: createdAt, ip: "203.0.113.7", userAgent: "Firefox" },
          { at: createdAt + 5000, ip: "198.51.100.1", userAgent: other },
          { at: createdAt + 10_000, ip: "203.0.113.7", userAgent: "Firefox" },
        ],
      });
      expect(await stored(key)).toMatchObject({ user: "alice", note: "noted" });
    });

    it("loses no sighting to a request that loaded the session before it and saved after", async () => {
      const clock = testClock();
      const { browser, gate } = await start(open({ clock }));
      await browser.post("/login");
      clock.advance(5000);
      const slow = browser.post("/slow");
      await gate.entered;
      await browser.get("/who", { "user-agent": other });
      clock.advance(5000);
      gate.open();
      await slow;
      const { sightings } = (await stored(await onlyKey()))["sessctl"] as { sightings: { userAgent: string }[] };
      expect(sightings.map(({ userAgent }) => userAgent === other)).toEqual([false, true, false]);
    });

    it("keeps sixteen of them, the first always", async () => {
      const clock = testClock();
      const { browser } = await start(open({ clock }));
      await browser.post("/login", {}, { "user-agent": "agent 0" });
      for (let n = 1; n <= 20; n++) {
        clock.advance(1000);
        await browser.get("/who", { "user-agent": `agent ${n}` });
      }
      const { sightings } = (await stored(await onlyKey()))["sessctl"] as { sightings: { userAgent: string }[] };
      expect(sightings.map(({ userAgent }) => userAgent)).toEqual([
        "agent 0",
        ...Array.from({ length: 15 }, (_, n) => `agent ${n + 6}`),
      ]);
    });

    it("begins with sessions that connect-redis wrote, and does not claim to know when they began", async () => {
      const { browser } = await start(open());
      await browser.post("/login");
      const key = await onlyKey();
      const { sessctl: _, ...before } = await stored(key);
      await redis.client.set(key, JSON.stringify(before), "KEEPTTL");
      await browser.get("/who");
      const record = (await stored(key))["sessctl"] as Record<string, unknown>;
      expect(record).not.toHaveProperty("createdAt");
      expect(record["sightings"]).toHaveLength(1);
    });
  });

  describe("when Redis fails", () => {
    it.each([
      ["is paused", async () => process.kill(redis.pid, "SIGSTOP"), async () => process.kill(redis.pid, "SIGCONT")],
      [
        "refuses writes",
        async () => redis.client.config("SET", "maxmemory", "1"),
        async () => redis.client.config("SET", "maxmemory", "0"),
      ],
    ])("and %s, a login says so", async (_, fail, mend) => {
      const { browser } = await start(open());
      await browser.post("/login");
      await fail();
      try {
        const page = await browser.post("/login");
        expect(page.status).toBe(503);
      } finally {
        await mend();
      }
    });

    it("answers 503 to a visitor whose session cannot be read, also when the socket is missing", async () => {
      const working = await start(open());
      await working.browser.post("/login");
      const broken = await start(open({ redis: "redis+unix:///nonexistent/redis.sock" }));
      for (const [name, value] of working.browser.cookies) broken.browser.cookies.set(name, value);
      const page = await broken.browser.get("/who");
      expect(page.status).toBe(503);
      expect(page.text).not.toContain("nonexistent");
    });
  });
});
