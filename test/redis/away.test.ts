import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSessionStore, openDirectory, type SessionStore } from "../../src/index.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** Invariant 8: when Redis cannot be reached or is too slow, validation fails closed within the command timeout. */

const token = `00${"a".repeat(32)}`;
let redis: TestRedis;
let store: SessionStore | undefined;

beforeAll(async () => {
  redis = await startRedis(["--requirepass", "right"]);
});
afterAll(() => redis.stop());
afterEach(async () => {
  await store?.close();
  store = undefined;
});

const withPassword = (password: string) => redis.url.replace("://", `://:${password}@`);

describe("a store whose Redis is away", () => {
  it("says that nobody listens", async () => {
    const socket = join(tmpdir(), `sessctl-nobody-${process.pid}.sock`);
    rmSync(socket, { force: true });
    store = createSessionStore({ redis: `redis+unix://${socket}` });
    await expect(store.validate(token)).rejects.toMatchObject({
      name: "SessctlError",
      code: "unreachable",
      message: expect.stringContaining("ENOENT"),
    });
  });

  it("says that the port is closed", async () => {
    store = createSessionStore({ redis: "redis://127.0.0.1:1" });
    await expect(store.validate(token)).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("says that the password is wrong, without showing it", async () => {
    store = createSessionStore({ redis: withPassword("wr0ng-secret") });
    const error: unknown = await store.validate(token).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "denied" });
    expect(String(error)).not.toContain("wr0ng-secret");
  });

  it("says that a password is wanted", async () => {
    store = createSessionStore({ redis: redis.url });
    await expect(store.validate(token)).rejects.toMatchObject({ code: "denied" });
  });

  it("fails within the command timeout when the server is stopped, and recovers by itself", async () => {
    store = createSessionStore({ redis: withPassword("right"), commandTimeoutMs: 300 });
    const { token: mine } = await store.create({ user: "alice" });
    process.kill(redis.pid, "SIGSTOP");
    try {
      const checks = await Promise.allSettled([
        store.validate(mine),
        store.validate(mine),
        store.update(mine, (d) => d),
      ]);
      for (const check of checks) expect(check).toMatchObject({ status: "rejected", reason: { code: "timeout" } });
    } finally {
      process.kill(redis.pid, "SIGCONT");
    }
    expect(await store.validate(mine)).toMatchObject({ ok: true });
  });

  it("fails when the connection breaks under a command, and recovers by itself", async () => {
    store = createSessionStore({ redis: withPassword("right") });
    const { token: mine } = await store.create({ user: "alice" });
    await redis.client.call("CLIENT", "PAUSE", "500", "ALL");
    const pending = store.validate(mine);
    const settled = pending.catch((error: unknown) => error);
    await redis.client.call("CLIENT", "UNPAUSE");
    await settled;
    const ids = String(await redis.client.call("CLIENT", "LIST"))
      .split("\n")
      .flatMap((line) => (line.includes("name=sessctl") ? [/id=(\d+)/.exec(line)?.[1] ?? ""] : []));
    for (const id of ids) await redis.client.call("CLIENT", "KILL", "ID", id);
    await expect
      .poll(
        () =>
          store?.validate(mine).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 5000 },
      )
      .toBe(true);
  });

  it.each([
    [
      "READONLY",
      async () => redis.client.call("REPLICAOF", "127.0.0.1", "1"),
      async () => redis.client.call("REPLICAOF", "NO", "ONE"),
    ],
    [
      "OOM",
      async () => redis.client.call("CONFIG", "SET", "maxmemory", "1"),
      async () => redis.client.call("CONFIG", "SET", "maxmemory", "0"),
    ],
  ])("says %s in words", async (word, begin, end) => {
    store = createSessionStore({ redis: withPassword("right") });
    await begin();
    try {
      await expect(store.create({ user: "alice" })).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringContaining(word),
      });
    } finally {
      await end();
    }
    expect((await store.create({ user: "alice" })).ok).toBe(true);
  });

  it("refuses to work once closed", async () => {
    const closed = createSessionStore({ redis: withPassword("right") });
    await closed.close();
    await expect(closed.validate(token)).rejects.toMatchObject({ code: "closed" });
  });
});

describe("a directory whose Redis is away", () => {
  it("gives up at once", async () => {
    const directory = openDirectory({ redis: "redis://127.0.0.1:1" });
    await expect(directory.recent(10)).rejects.toMatchObject({ code: "unreachable" });
    await expect(directory.count()).rejects.toMatchObject({ code: "unreachable" });
    await directory.close();
  });

  it("comes back when it is to keep trying", async () => {
    const directory = openDirectory({ redis: withPassword("right"), reconnect: true });
    await directory.count();
    await redis.client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    await expect
      .poll(
        () =>
          directory.count().then(
            () => "there",
            () => "away",
          ),
        { timeout: 5000 },
      )
      .toBe("there");
    await directory.close();
  });
});

it.each(["", "localhost", "http://localhost", "redis://", "redis://a:99999"])("refuses %j as a URL", (url) => {
  expect(() => createSessionStore({ redis: url })).toThrow(expect.objectContaining({ code: "invalid-url" }));
});
