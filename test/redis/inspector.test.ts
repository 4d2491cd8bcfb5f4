import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { ServerReport } from "../../src/core/server.js";
import { createSessionStore } from "../../src/index.js";
import type { Reply } from "../../src/redis/commands.js";
import { parseConfig, parseFields, parseSlowCalls, parseTime, parseUsers } from "../../src/redis/inspector/parse.js";
import { openInspector } from "../../src/redis/open-inspector.js";
import { startCluster } from "../helpers/cluster.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

const running: TestRedis[] = [];

afterEach(async () => {
  for (const redis of running.splice(0)) await redis.stop();
});

async function start(...args: string[]): Promise<TestRedis> {
  const redis = await startRedis(args);
  running.push(redis);
  return redis;
}

async function inspect(url: string) {
  const inspector = openInspector({ redis: url });
  try {
    return await inspector.inspect();
  } finally {
    await inspector.close();
  }
}

test("a server tells how it is set up, whom it takes us for, and its time", async () => {
  const redis = await start("--maxmemory", "100mb", "--maxmemory-policy", "volatile-lru");
  await redis.client.acl("SETUSER", "app", "on", ">secret", "~sc:*", "%R~other:*", "-@all", "+get", "(+set ~x:*)");
  const [server, ...others] = await inspect(redis.url);
  expect(others).toEqual([]);
  expect(server).toMatchObject({
    name: redis.socket,
    transport: "socket",
    local: true,
    role: "master",
    user: { known: true, value: "default" },
    cluster: undefined,
    slowCalls: { known: true, value: [] },
  });
  const value = <Value>(reading: { known: true; value: Value } | { known: false } | undefined) =>
    reading?.known === true ? reading.value : undefined;
  expect(value(server?.info)?.get("redis_version")).toMatch(/^\d+\.\d+/);
  expect(value(server?.config)?.get("maxmemory")).toBe("104857600");
  expect(value(server?.config)?.get("maxmemory-policy")).toBe("volatile-lru");
  expect(value(server?.users)).toEqual([
    {
      name: "app",
      on: true,
      nopass: false,
      passwords: 1,
      permissions: { commands: ["-@all", "+get"], keys: ["~sc:*", "%R~other:*"] },
      selectors: [{ commands: ["-@all", "+set"], keys: ["~x:*"] }],
    },
    {
      name: "default",
      on: true,
      nopass: true,
      passwords: 0,
      permissions: { commands: ["+@all"], keys: ["~*"] },
      selectors: [],
    },
  ]);
  const time = value(server?.time);
  expect(Math.abs((time?.serverAt ?? 0) - (time?.askedAt ?? 0))).toBeLessThan(60_000);
});

test("nothing that is secret is read", async () => {
  const redis = await start();
  await redis.client.config("SET", "masterauth", "hush-hush");
  await redis.client.acl("SETUSER", "app", "on", ">hush-hush", "+get");
  expect(
    JSON.stringify(await inspect(redis.url), (_, value: unknown) =>
      value instanceof Map ? [...(value as Map<string, string>)] : value,
    ),
  ).not.toMatch(/hush|#[0-9a-f]{64}|[0-9a-f]{64}/);
});

test("what a server does not offer, or denies to this user, has its reason", async () => {
  const redis = await start("--rename-command", "CONFIG", "", "--rename-command", "SLOWLOG", "");
  await redis.client.acl("SETUSER", "some", "on", "nopass", "-@all", "+ping", "+info", "+hello");
  const url = redis.url.replace("redis+unix://", "redis+unix://some:any@");
  expect((await inspect(redis.url))[0]).toMatchObject({
    info: { known: true },
    config: { known: false, why: "this server does not offer CONFIG GET" },
    slowCalls: { known: false, why: "this server does not offer SLOWLOG GET" },
    time: { known: true },
  });
  expect((await inspect(url))[0]).toMatchObject({
    info: { known: true },
    user: { known: false, why: "this user may not run ACL WHOAMI" },
    users: { known: false, why: "this user may not run ACL LIST" },
    time: { known: false, why: "this user may not run TIME" },
  });
});

test("a server that is away is an error, and no report full of reasons", async () => {
  const redis = await start();
  await redis.stop();
  await expect(inspect(redis.url)).rejects.toMatchObject({ code: "unreachable" });
});

test("scripts of ours are known in the slow log, by name and without what they were called with", async () => {
  const redis = await start("--slowlog-log-slower-than", "0");
  const sessions = createSessionStore({ redis: redis.url });
  await sessions.create({ user: "alice-of-the-log" });
  // The first call of a script sends its text, the second its hash.
  await sessions.create({ user: "alice-of-the-log" });
  await sessions.close();
  const [server] = await inspect(redis.url);
  expect(server?.slowCalls).toMatchObject({
    known: true,
    value: expect.arrayContaining([expect.objectContaining({ command: "EVALSHA", script: "create" })]),
  });
  expect(JSON.stringify(server?.slowCalls)).not.toContain("alice");
});

test("of a cluster every master and every replica", { timeout: 60_000 }, async () => {
  const cluster = await startCluster();
  try {
    let servers: readonly ServerReport[] = [];
    const ports = (nodes: readonly { readonly port: number }[]) =>
      nodes.map(({ port }) => `127.0.0.1:${port}`).toSorted();
    const named = (role: string) => servers.filter((server) => server.role === role).map(({ name }) => name);
    // A cluster tells of a replica once it has heard that it holds something.
    for (const { client } of cluster.masters) await client.call("PUBLISH", "any", "thing");
    await expect
      .poll(async () => (servers = await inspect(cluster.url)).length, { timeout: 20_000 })
      .toBe(cluster.masters.length + cluster.replicas.length);
    expect(named("master").toSorted()).toEqual(ports(cluster.masters));
    expect(named("replica").toSorted()).toEqual(ports(cluster.replicas));
    for (const { cluster: state, info, transport, local } of servers) {
      expect({ transport, local, known: info.known }).toEqual({ transport: "tcp", local: true, known: true });
      expect(state?.known === true && state.value.get("cluster_state")).toBe("ok");
    }
    // One that is gone tells why, and hides no other.
    await cluster.replicas[0]?.server.stop("SIGKILL");
    const left = await inspect(cluster.url);
    expect(left.filter(({ info }) => info.known).length).toBeGreaterThanOrEqual(5);
  } finally {
    await cluster.stop();
  }
});

test("no reply makes a parser throw", () => {
  const { reply } = fc.letrec<{ reply: Reply }>((tie) => ({
    reply: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.array(tie("reply")),
    ) as fc.Arbitrary<Reply>,
  }));
  const line = fc.array(fc.constantFrom("user", "app", "on", "off", "(", ")", "(+get", "~x)", "#ab", "+@all", " ", ""));
  const text = fc.oneof(
    fc.string(),
    line.map((words) => words.join(" ")),
  );
  fc.assert(
    fc.property(reply, text, (any, text) => {
      for (const one of [any, text, [text], [text, any]]) {
        expect(parseFields(one)).toBeInstanceOf(Map);
        expect(parseConfig([one])).toBeInstanceOf(Map);
        for (const user of parseUsers(one)) expect(typeof user.name).toBe("string");
        for (const { at, tookMs } of parseSlowCalls(one, new Map())) expect(at + tookMs).not.toBeNaN();
        const time = parseTime(one, 0, 0);
        expect(time === undefined || Number.isSafeInteger(time.serverAt)).toBe(true);
      }
    }),
  );
});
