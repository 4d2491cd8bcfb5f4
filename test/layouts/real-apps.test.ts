import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import { type RunningApp, runApp } from "./apps/run-app.mjs";

/** Applications as their users write them, none of which knows of sessctl; and what it makes of a shortened session. */
const apps = [
  { app: "express", layout: "connect-redis", undone: true },
  { app: "fastify", layout: "connect-redis", undone: true },
  { app: "koa-session", layout: "koa-session", undone: false },
  { app: "koa-generic-session", layout: "koa-generic-session", undone: false },
  { app: "redis-sessions", layout: "redis-sessions", undone: false },
  { app: "better-auth", layout: "better-auth", undone: false },
] as const;

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

describe.each(apps)("a real application: $app", ({ app: name, layout, undone }) => {
  let app: RunningApp;
  const run = (...args: string[]) => sessctl([...args, "--layout", layout], { url: redis.url });
  const listed = async (...args: string[]): Promise<{ id: string; user: string; idleEndsAt: string | null }[]> => {
    const { stdout } = await run("list", "-o", "json", ...args);
    return JSON.parse(stdout === "" ? "[]" : stdout) as { id: string; user: string; idleEndsAt: string | null }[];
  };

  beforeEach(async () => {
    await redis.client.flushall();
    app = await runApp(name, redis.socket);
  });
  afterEach(() => app.stop());

  it("its sessions are listed by user, and once revoked their cookies open nothing, while others' do", async () => {
    const first = await app.login("alice");
    const second = await app.login("alice");
    const other = await app.login("bob");
    expect(await app.visit(first.cookie)).toBe(200);
    expect((await listed("--user", first.user)).map(({ user }) => user)).toEqual([first.user, first.user]);
    expect(await listed()).toHaveLength(3);

    const { stdout, exitCode } = await run("revoke", "--user", first.user, "--yes");
    expect({ stdout, exitCode }).toEqual({ stdout: "ended 2 sessions of 1 user\n", exitCode: 0 });
    expect(await app.visit(first.cookie)).toBe(401);
    expect(await app.visit(second.cookie)).toBe(401);
    expect(await app.visit(other.cookie)).toBe(200);
    expect(await listed("--user", first.user)).toEqual([]);
    expect((await app.login("alice")).user).toBe(first.user);
  });

  it("one is revoked by its id, in a process that has not seen its key", async () => {
    const kept = await app.login("alice");
    const ended = await app.login("bob");
    const [session] = await listed("--user", ended.user);
    const { exitCode } = await run("revoke", session?.id.slice(0, 10) ?? "");
    expect(exitCode).toBe(0);
    expect(await app.visit(ended.cookie)).toBe(401);
    expect(await app.visit(kept.cookie)).toBe(200);
  });

  it("an end brought forward is said to be undone where the next request undoes it", async () => {
    const { cookie, user } = await app.login("alice");
    const { stderr, exitCode } = await run("expire", "--user", user, "--in", "2m", "--yes");
    expect(exitCode).toBe(0);
    const ends = async () => Date.parse((await listed("--user", user))[0]?.idleEndsAt ?? "") - Date.now();
    expect(await ends()).toBeLessThan(120_000);
    expect(await app.visit(cookie)).toBe(200);
    if (undone) expect(await ends()).toBeGreaterThan(3_000_000);
    else expect(await ends()).toBeLessThan(120_000);
    const caveat = "the application's next request with such a session may put its end off again";
    expect(stderr.includes(caveat)).toBe(layout !== "redis-sessions");
  });
});
