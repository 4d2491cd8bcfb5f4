import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { layouts } from "../../src/layouts/index.js";
import { sessctl } from "../helpers/cli.js";
import { type Fixture, putKeys } from "../helpers/fixture.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import express from "../layouts/fixtures/express.json" with { type: "json" };
import koa from "../layouts/fixtures/koa-generic-session.json" with { type: "json" };

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => redis.client.flushall());

const run = (...args: string[]) => sessctl(["layouts", ...args], { url: redis.url });
const put = (fixture: Fixture) => putKeys(redis.client, fixture.keys, Date.now());

describe("sessctl layouts", () => {
  it("tells every layout with what it can, and how many sessions are here", async () => {
    await put(express);
    const { stdout, exitCode } = await run("-o", "json");
    expect(exitCode).toBe(0);
    const rows = JSON.parse(stdout) as { layout: string; found: number; expire: string; keys: string }[];
    expect(rows.map(({ layout }) => layout)).toEqual(["native", ...layouts.map(({ name }) => name)]);
    expect(rows.find(({ layout }) => layout === "connect-redis")).toMatchObject({
      found: 3,
      keys: "sess:*",
      expire: "until-touch",
    });
    expect(rows.filter(({ found }) => found > 0)).toHaveLength(1);
  });

  it("tells the layouts without a Redis too, and that it has not looked", async () => {
    const { stdout, stderr, exitCode } = await run("-o", "json", "--url", "redis+unix:///nowhere");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("what is in it is not told");
    expect((JSON.parse(stdout) as { found: null }[]).every(({ found }) => found === null)).toBe(true);
  });
});

describe("sessctl layouts --probe", () => {
  it("shows what each path would give, without a value", async () => {
    await put(koa);
    const { stdout, exitCode } = await run("--probe", "-o", "json");
    expect(exitCode).toBe(0);
    const rows = JSON.parse(stdout) as { path: string; takenFor: string; looksLike: string }[];
    expect(rows).toContainEqual({
      layout: "koa-generic-session",
      path: "meta.ip",
      sessions: 3,
      distinct: 1,
      looksLike: "IPv4 address",
      takenFor: "ip",
      mayBe: "ip",
    });
    expect(stdout).not.toContain("203.0.113.7");
    expect(stdout).not.toContain("u1");
  });

  it("gives the mapping that is missing, and with it the sessions tell", async () => {
    const kept = { visitor: { from: "203.0.113.7", with: "Mozilla/5.0 (X11)" }, who: { account: { id: "7" } } };
    for (let n = 0; n < 3; n++) {
      await redis.client.set(
        `sess:${`${n}`.repeat(32)}`,
        JSON.stringify({ cookie: { originalMaxAge: null }, ...kept }),
      );
    }
    const mapping = "user=who.account.id,ip=visitor.from,ua=visitor.with";
    expect((await run("--probe")).stderr).toContain(`connect-redis: perhaps --map ${mapping}`);
    const listed = await sessctl(["list", "--user", "7", "--map", mapping, "-o", "json"], { url: redis.url });
    expect(JSON.parse(listed.stdout)).toHaveLength(3);
    expect(JSON.parse(listed.stdout)).toContainEqual(
      expect.objectContaining({ user: "7", ip: "203.0.113.7", userAgent: "Mozilla/5.0 (X11)" }),
    );
    expect((await run("--probe", "--map", mapping)).stderr).toBe("");
  });

  it("finds nothing where there is nothing: exit 3", async () => {
    await redis.client.set("cache:1", "x");
    expect((await run("--probe")).exitCode).toBe(3);
  });
});
