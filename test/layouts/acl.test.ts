import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { aclRules, foreignRoles, type RoleName } from "../../src/app/acl/index.js";
import type { DirectorySession } from "../../src/core/ports.js";
import { layoutNamed } from "../../src/layouts/index.js";
import { openLayout } from "../../src/redis/open-layout.js";
import { putKeys } from "../helpers/fixture.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import { layoutCases } from "./cases/index.js";

// The rules that `sessctl acl --layout` prints, used on what each framework writes.

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const used = new Set<string | undefined>();

async function allow(name: RoleName, prefix: string): Promise<void> {
  const role = foreignRoles.find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`no role ${name}`);
  const { setuser } = aclRules(role, { namespace: "sc", prefix, user: name, secret: ">secret" });
  const [command = "", ...args] = setuser.split(" ");
  await redis.client.call(command, ...args);
}

describe.each(layoutCases)("$layout", (cases) => {
  const layout = layoutNamed(cases.layout);
  const prefix = cases.prefix ?? layout.keys.prefix;
  let at: number;

  const open = (role: RoleName) =>
    openLayout({
      redis: redis.url.replace("redis+unix://", `redis+unix://${role}:secret@`),
      commandTimeoutMs: 5000,
      reconnect: false,
      layout,
      prefix,
      mapping: cases.mapping ?? {},
      idleMs: cases.idleMs,
      clock: () => (cases.readAt === "writing" ? cases.fixture.writtenAt : at),
    });

  beforeEach(async () => {
    await redis.client.flushall();
    at = Date.now();
    await putKeys(redis.client, cases.fixture.keys, at);
    for (const { name } of foreignRoles) await allow(name, prefix);
  });

  it("is looked at by a reader, who ends nothing", async () => {
    const directory = open("reader");
    const sessions: DirectorySession[] = [];
    for await (const batch of directory.walk()) sessions.push(...batch);
    expect(sessions).toHaveLength(cases.sessions(at).length);
    const [first] = sessions;
    for (const user of new Set(sessions.map((session) => session.user))) {
      if (user !== undefined) expect((await directory.byUser(user)).length).toBeGreaterThan(0);
    }
    const before = await redis.client.dbsize();
    await expect(directory.revoke([first?.id ?? ""]).then(([change]) => change?.outcome)).resolves.not.toBe("revoked");
    expect(await redis.client.dbsize()).toBe(before);
    await directory.close();
  });

  it("is changed by an operator", async () => {
    const directory = open("operator");
    const ids: string[] = [];
    for await (const batch of directory.walk()) ids.push(...batch.map(({ id }) => id));
    for (const { error } of await directory.expire(ids, Date.now() + 60_000)) expect(error?.code).not.toBe("denied");
    expect((await directory.revoke(ids)).map(({ outcome }) => outcome)).toEqual(ids.map(() => "revoked"));
    await directory.close();
    const stats = await redis.client.info("commandstats");
    for (const [, name] of stats.matchAll(/^cmdstat_([^:]+):/gm)) used.add(name);
  });
});

test("a prefix is a text and no pattern", async () => {
  await redis.client.flushall();
  await allow("reader", "s[ab]*?\\:");
  await redis.client.set("s[ab]*?\\:one", "1");
  await redis.client.set("sa:two", "2");
  const client = new Redis(redis.socket, { username: "reader", password: "secret", enableReadyCheck: false });
  expect(await client.get("s[ab]*?\\:one")).toBe("1");
  await expect(client.get("sa:two")).rejects.toThrow(/NOPERM/);
  client.disconnect();
});

test("nothing is allowed for a layout that none needs", () => {
  const ofTrail = ["eval", "evalsha", "wait", "xadd", "xrange", "xrevrange", "xtrim"];
  const ofCommandLine = [
    "acl|whoami",
    "info",
    "time",
    "xinfo|stream",
    "select",
    "ping",
    "cluster|slots",
    "cluster|info",
  ];
  const allowed = new Set(foreignRoles.flatMap(({ commands }) => commands));
  const idle = [...allowed].filter(
    (command) => !used.has(command) && ![...ofTrail, ...ofCommandLine].includes(command),
  );
  expect(idle).toEqual([]);
});
