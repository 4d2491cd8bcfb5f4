import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { type Fixture, putKeys } from "../helpers/fixture.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import express from "../layouts/fixtures/express.json" with { type: "json" };
import php from "../layouts/fixtures/php.json" with { type: "json" };

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => redis.client.flushall());

const run = (...args: string[]) => sessctl(args, { url: redis.url });
const put = (fixture: Fixture) => putKeys(redis.client, fixture.keys, Date.now());

/** Entries of caches, made to be taken for sessions by whoever looks at names or values too quickly. */
async function putCaches(count: number): Promise<void> {
  const pipeline = redis.client.pipeline();
  const hex = (n: number) => n.toString(16).padStart(32, "0");
  for (let n = 0; n < count; n++) {
    pipeline.set(`cache:${hex(n)}`, JSON.stringify({ user: { id: n }, ip: "192.0.2.1" }));
    pipeline.set(`page:${n}`, "<html>");
    pipeline.set(`laravel-database-laravel-cache-${hex(n)}deadbeef`, `s:2:"${(n % 90) + 10}";`);
    pipeline.set(`00000000-0000-4000-8000-${n.toString().padStart(12, "0")}`, JSON.stringify({ userId: n }));
    pipeline.set(`wp:${hex(n)}`, 'a:1:{s:4:"user";i:1;}');
  }
  await pipeline.exec();
}

describe("without --layout", () => {
  it("another framework's sessions are found among caches, and it is said by how many keys", async () => {
    await putCaches(300);
    await put(express);
    const { stdout, stderr, exitCode } = await run("list", "--user", "u1", "-o", "json");
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^detected connect-redis \(sess:\*\), about 3 sessions\n/);
    const sessions = JSON.parse(stdout) as { user: string; layout: string }[];
    expect(sessions.map(({ user, layout }) => [user, layout])).toEqual([
      ["u1", "connect-redis"],
      ["u1", "connect-redis"],
    ]);
    expect((await run("list", "-q")).stderr).toBe("");
  });

  it("a sample is enough: the keyspace is not walked", async () => {
    const pipeline = redis.client.pipeline();
    for (let n = 0; n < 40_000; n++) pipeline.set(`cache:${n}`, "x");
    for (let n = 0; n < 4000; n++) {
      pipeline.set(`sess:${n.toString().padStart(32, "x")}`, JSON.stringify({ cookie: { originalMaxAge: null } }));
    }
    await pipeline.exec();
    await redis.client.config("RESETSTAT");
    const { stderr } = await run("show", "0000");
    expect(stderr).toMatch(
      /^detected connect-redis \(sess:\*\), about [34],\d\d\d sessions, by 20,\d00 of 44,000 keys/,
    );

    // Slow enough that it is said how far it is.
    const slow = await run("list", "--layout", "connect-redis", "--scan-rate", "20000", "-o", "id");
    expect(slow.stderr).toMatch(
      /^read [\d,]+ sessions among \d\d,000 of 44,000 keys, (about \d+s left, )?[\d,]+ keys a second, [\d.]+s\n$/,
    );
    expect(slow.stdout.trim().split("\n")).toHaveLength(4000);
  });

  it("several layouts are one list, native ones among them; each session is ended where it is", async () => {
    await putCaches(50);
    await put(express);
    await put(php);
    const store = createSessionStore({ redis: redis.url });
    await store.create({ user: "carol" });
    await store.close();
    const { stdout, stderr } = await run("list", "-o", "json");
    expect(stderr).toMatch(/^detected native \(sc:\*\); .*connect-redis \(sess:\*\)/);
    const sessions = JSON.parse(stdout) as { id: string; layout: string }[];
    const layouts = sessions.map(({ layout }) => layout);
    expect(new Set(layouts)).toEqual(new Set(["native", "connect-redis", "php"]));

    const ended = await sessctl(["revoke", "-", "--yes", "-q"], {
      url: redis.url,
      stdin: sessions.map(({ id }) => id).join("\n"),
    });
    expect(ended.exitCode).toBe(0);
    expect((await run("list", "-o", "json", "-q")).stdout).toBe("[]\n");
    // The caches are all there.
    expect(await redis.client.keys("*cache*")).toHaveLength(100);
  });

  it("native sessions alone are told at a glance, and nothing is said", async () => {
    const store = createSessionStore({ redis: redis.url });
    await store.create({ user: "carol" });
    await store.close();
    await redis.client.config("RESETSTAT");
    expect(await run("list", "--user", "carol", "-o", "id")).toMatchObject({ stderr: "", exitCode: 0 });
    expect(await redis.client.info("commandstats")).not.toMatch(/cmdstat_(?:scan|type|dbsize)/);
  });

  it("what a layout does not tell is said in words, below a table and nowhere else", async () => {
    await put(express);
    const words =
      "connect-redis does not tell: when a session was created; when it was last used where its record has no idle window (--idle says it); earlier clients";
    expect((await run("list")).stderr).toContain(words);
    expect((await run("list", "--idle", "1h")).stderr).not.toContain("--idle");
    expect((await run("list", "-o", "json")).stderr).not.toContain("does not tell");
    const [id = ""] = (await run("list", "-o", "id")).stdout.split("\n");
    expect((await run("show", id)).stderr).toContain(words);
  });

  it("sessions under a prefix of the application's own are found, and only those with --prefix", async () => {
    const moved = express.keys.map((key) => ({ ...key, key: key.key.replace("sess:", "shop:web:") }));
    await putKeys(redis.client, moved, Date.now());
    expect((await run("list")).stderr).toContain("detected connect-redis (shop:web:*), about 3 sessions");
    await put(express);
    const { stdout, stderr } = await run("list", "--prefix", "shop:web:", "-o", "id");
    expect(stderr).toContain("detected connect-redis (shop:web:*)");
    expect(stdout.trim().split("\n")).toHaveLength(3);
  });

  it("a part of a key that may be secret is no prefix", async () => {
    const secret = "Hq3xT9abcd";
    await redis.client.set(`sess2:${secret}:${"a".repeat(32)}`, JSON.stringify({ cookie: { originalMaxAge: null } }));
    const { stdout, stderr } = await run("list", "--debug");
    expect(stdout + stderr).not.toContain(secret);
  });

  it("a Redis without sessions is said to be one", async () => {
    await putCaches(20);
    const { stderr, exitCode } = await run("list");
    expect(exitCode).toBe(3);
    expect(stderr).toBe(
      "no sessions of any known layout among 100 of 100 keys; --layout and --prefix say where they are\nno session matched\n",
    );
    await redis.client.flushall();
    expect(await run("list")).toMatchObject({ stderr: "no session matched\n", exitCode: 3 });
  });
});
