import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSessionStore, openDirectory, type SessionStore } from "../../src/index.js";
import { startProxy } from "../helpers/proxy.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import { traffic, type Validation, validation } from "../helpers/traffic.js";

/**
 * What an application meets while its Redis is in trouble, with requests going on all the time: every validation answers
 * within the command timeout, none accepts or refuses a session for the wrong reason, and when the trouble is over all is
 * as before without anybody's help. docs/operations.md tells an operator the same.
 */

const commandTimeoutMs = 400;
/** A busy machine runs timers late; what this shows is that no validation waits for the trouble to end. */
const slackMs = 1500;

let redis: TestRedis;
let store: SessionStore;

async function open(extra: readonly string[] = []) {
  redis = await startRedis(extra);
  store = createSessionStore({ redis: redis.url, commandTimeoutMs });
}

afterEach(async () => {
  await store.close();
  await redis.stop();
});

const answers = (validations: readonly Validation[]) => new Set(validations.map(({ answer }) => answer));

/** Requests before, during and after; resolves to what they got. */
async function during(trouble: () => Promise<void>, tokens: readonly string[]): Promise<readonly Validation[]> {
  const requests = traffic(store, tokens);
  await wait(50);
  await trouble();
  await recovered(tokens[0] ?? "");
  const validations = await requests.end();
  for (const { ms } of validations) expect(ms).toBeLessThan(commandTimeoutMs + slackMs);
  expect(validations[0]?.answer).toBe("ok");
  return validations;
}

async function recovered(token: string, within = store) {
  await expect.poll(async () => (await validation(within, token)).answer, { timeout: 15_000 }).toBe("ok");
}

describe("validation while Redis", () => {
  it("is paused: times out, and goes on", async () => {
    await open();
    const { token } = await store.create({ user: "alice" });
    const validations = await during(async () => {
      await redis.client.call("CLIENT", "PAUSE", 1200, "ALL");
      await wait(1000);
    }, [token]);
    expect([...answers(validations)]).toEqual(expect.arrayContaining(["ok", "timeout"]));
    for (const answer of answers(validations)) expect(["ok", "timeout", "unreachable"]).toContain(answer);
  });

  it("hangs, its process stopped: times out, and goes on", async () => {
    await open();
    const { token } = await store.create({ user: "alice" });
    const validations = await during(async () => {
      process.kill(redis.pid, "SIGSTOP");
      await wait(2000);
      process.kill(redis.pid, "SIGCONT");
    }, [token]);
    expect([...answers(validations)]).toEqual(expect.arrayContaining(["ok", "timeout"]));
    for (const answer of answers(validations)) expect(["ok", "timeout", "unreachable"]).toContain(answer);
  });

  it("dies and comes back: says that it cannot be reached, and loses no session", async () => {
    await open(["--appendonly", "yes", "--appendfsync", "always"]);
    const issued = await Promise.all(Array.from({ length: 20 }, (_, n) => store.create({ user: `user-${n}` })));
    const validations = await during(
      () => redis.crash(),
      issued.map(({ token }) => token),
    );
    for (const answer of answers(validations))
      expect(["ok", "timeout", "unreachable", "unavailable"]).toContain(answer);
    for (const { token } of issued) expect((await validation(store, token)).answer).toBe("ok");
  });

  it("is gone for good: says so, and where it was", async () => {
    await open();
    const { token } = await store.create();
    await redis.stop();
    await expect.poll(async () => (await validation(store, token)).answer).toBe("unreachable");
    for (let n = 0; n < 5; n++) {
      const { answer, message, ms } = await validation(store, token);
      expect(answer).toBe("unreachable");
      expect(message).toMatch(/Redis cannot be reached: .*(ENOENT|ECONNREFUSED)/);
      expect(ms).toBeLessThan(commandTimeoutMs + slackMs);
    }
  });

  it("loads its data: says so, and goes on when it has", async () => {
    // Each key takes two milliseconds to load, and the server answers in between.
    await open(["--key-load-delay", "2000", "--loading-process-events-interval-bytes", "1024"]);
    const issued = await Promise.all(Array.from({ length: 300 }, () => store.create()));
    await redis.client.save();
    const token = issued[0]?.token ?? "";
    const validations = await during(async () => redis.crash(/Loading RDB/), [token]);
    const loading = validations.filter(({ answer }) => answer === "unavailable");
    expect(loading.length).toBeGreaterThan(0);
    for (const { message } of loading) expect(message).toContain("Redis is loading its data: LOADING");
    for (const answer of answers(validations)) expect(["ok", "unreachable", "unavailable"]).toContain(answer);
  });

  it("forgets its scripts: notices nothing", async () => {
    await open();
    const { token } = await store.create({ data: { n: 0 } });
    const validations = await during(async () => {
      for (let n = 0; n < 20; n++) {
        await redis.client.script("FLUSH");
        await Promise.all([store.update(token, (data) => ({ n: Number(data["n"]) + 1 })), store.create()]);
      }
    }, [token]);
    expect(answers(validations)).toEqual(new Set(["ok"]));
    expect(await store.validate(token)).toMatchObject({ ok: true, session: { data: { n: 20 } } });
  });

  it("is out of memory: users stay logged in and can log out, nobody can log in, nothing is lost", async () => {
    await open();
    const [stays, goes, rotates] = await Promise.all([1, 2, 3].map(() => store.create({ user: "alice" })));
    const other = await store.create({ user: "bob", data: { n: 1 } });
    const dead = await store.create();
    await store.destroy(dead.token);
    await redis.client.call("CONFIG", "SET", "maxmemory", "1");
    const outOfMemory = { code: "unavailable", message: expect.stringContaining("Redis is out of memory: OOM") };
    expect((await validation(store, stays?.token ?? "")).answer).toBe("ok");
    await expect(store.create({ user: "alice" })).rejects.toMatchObject(outOfMemory);
    await expect(store.update(other.token, () => ({ n: 2 }))).rejects.toMatchObject(outOfMemory);
    expect(await store.destroy(goes?.token ?? "")).toBe(true);
    expect((await store.rotate(rotates?.token ?? "")).ok).toBe(true);
    expect(await store.validate(dead.token, { ip: "203.0.113.7" })).toEqual({ ok: false, reason: "logout" });
    expect(await store.revokeUser("alice")).toBe(2);
    await redis.client.call("CONFIG", "SET", "maxmemory", "0");
    expect(await store.validate(goes?.token ?? "")).toEqual({ ok: false, reason: "logout" });
    expect(await store.validate(stays?.token ?? "")).toEqual({ ok: false, reason: "revoked" });
    expect(await store.validate(other.token)).toMatchObject({ ok: true, session: { data: { n: 1 } } });
    expect(await store.listUser("alice")).toEqual([]);
  });

  it.each([
    [
      "has become a replica",
      /Redis is a replica that takes no writes: READONLY/,
      ["REPLICAOF", "127.0.0.1", "1"],
      ["REPLICAOF", "NO", "ONE"],
    ],
    [
      "lacks the replicas that it must have to take writes",
      /Redis has fewer replicas than it wants for writes: NOREPLICAS/,
      ["CONFIG", "SET", "min-replicas-to-write", "1"],
      ["CONFIG", "SET", "min-replicas-to-write", "0"],
    ],
  ])("%s: fails, since what it knows may be old", async (_, says, begin, end) => {
    await open();
    const issued = await Promise.all(Array.from({ length: 5 }, (_, n) => store.create({ user: `user-${n}` })));
    const tokens = issued.map(({ token }) => token);
    const validations = await during(async () => {
      await redis.client.call(...(begin as [string, ...string[]]));
      await expect
        .poll(async () => (await validation(store, tokens[0] ?? "")).answer, { timeout: 10_000 })
        .toBe("unavailable");
      // Once it is noticed, no session of any user is taken as valid.
      for (let n = 0; n < 20; n++) {
        const { answer, message } = await validation(store, tokens[n % tokens.length] ?? "");
        expect(answer).toBe("unavailable");
        expect(message).toMatch(says);
      }
      await redis.client.call(...(end as [string, ...string[]]));
    }, tokens);
    for (const answer of answers(validations)) expect(["ok", "unavailable", "unreachable"]).toContain(answer);
  });
});

describe("a connection that hangs without being closed", () => {
  let port: number;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    await open();
    const proxy = await startProxy(redis.socket);
    ({ port } = proxy);
    stop = () => proxy.stop();
    freeze = () => proxy.freeze();
  });
  let freeze: () => void;

  it("is given up for another", async () => {
    const remote = createSessionStore({ redis: `redis://127.0.0.1:${port}`, commandTimeoutMs });
    const { token } = await remote.create({ user: "alice" });
    freeze();
    expect((await validation(remote, token)).answer).toBe("timeout");
    await recovered(token, remote);
    await remote.close();
    await stop();
  });

  it("of a directory fails for good, unless it is to keep trying", async () => {
    const [once, always] = [false, true].map((reconnect) =>
      openDirectory({ redis: `redis://127.0.0.1:${port}`, commandTimeoutMs, reconnect }),
    );
    await Promise.all([once?.count(), always?.count()]);
    freeze();
    await expect(once?.count()).rejects.toMatchObject({ code: "timeout" });
    await expect
      .poll(
        () =>
          always?.count().then(
            () => "there",
            () => "away",
          ),
        { timeout: 15_000 },
      )
      .toBe("there");
    await expect(once?.count()).rejects.toMatchObject({ code: "unreachable" });
    await Promise.all([once?.close(), always?.close()]);
    await stop();
  });
});
