import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { aclRules, type RoleName, roles } from "../../src/app/acl/index.js";
import { createSessionStore, type SessionStore } from "../../src/index.js";
import { keysOf } from "../../src/redis/keys.js";
import { sessionStoreContract } from "../contracts/session-store.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// The rules that `sessctl acl` prints, loaded into a Redis and used.

let redis: TestRedis;

function roleNamed(name: RoleName) {
  const role = roles.find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`no role ${name}`);
  return role;
}

async function allow(server: TestRedis, name: RoleName, namespace: string, user: string = name): Promise<void> {
  const { setuser } = aclRules(roleNamed(name), { namespace, prefix: "", user, secret: `>secret-of-${user}` });
  const [command = "", ...args] = setuser.split(" ");
  await server.client.call(command, ...args);
}

function urlOf(server: TestRedis, user: string): string {
  return server.url.replace("redis+unix://", `redis+unix://${user}:secret-of-${user}@`);
}

function clientOf(server: TestRedis, user: string): Redis {
  return new Redis(server.socket, { username: user, password: `secret-of-${user}`, enableReadyCheck: false });
}

/** Enough for each test of the contract to have a namespace and a user of its own. */
const namespaces = 400;

describe("the application", () => {
  let opened = 0;
  let server: TestRedis;

  sessionStoreContract("Redis, as the application's user", {
    start: async () => {
      server = await startRedis();
      for (let n = 0; n < namespaces; n++) await allow(server, "application", `t${n}`, `app${n}`);
      // Whoever has no user of their own gets nowhere.
      await server.client.acl("SETUSER", "default", "resetpass", ">of-the-test");
    },
    stop: () => server.stop(),
    open: (options) => {
      const n = opened++;
      if (n >= namespaces) throw new Error("more tests than users");
      return createSessionStore({ redis: urlOf(server, `app${n}`), namespace: `t${n}`, ...options });
    },
  });
});

describe("each role", () => {
  let store: SessionStore;
  let id: string;

  beforeAll(async () => {
    redis = await startRedis(["--enable-debug-command", "yes", "--enable-module-command", "yes"]);
    for (const { name } of roles) await allow(redis, name, "sc");
    store = createSessionStore({ redis: urlOf(redis, "application") });
    for (let n = 0; n < 20; n++) await store.create({ user: `user-${n % 3}`, client: { ip: `192.0.2.${n}` } });
    const { session, token } = await store.create({ user: "alice", client: { ip: "192.0.2.1" } });
    await store.validate(token, { ip: "198.51.100.1" });
    id = session.id;
    await redis.client.set("other:key", "hush");
  });
  afterAll(async () => {
    await store.close();
    await redis.stop();
  });

  const run = (role: string, ...args: string[]) => sessctl(args, { url: urlOf(redis, role) });
  const looking = [
    ["list"],
    ["list", "--user", "alice"],
    ["list", "--limit", "0", "--sort", "user"],
    ["show", "ID"],
    ["show", "ID-PREFIX"],
    ["audit", "--anomalies"],
    ["events"],
    ["trail"],
    ["trail", "--verify"],
    ["stats"],
    ["top", "--once"],
    ["top", "--once", "-o", "json"],
    ["doctor"],
    ["doctor", "--full"],
    ["revoke", "--user", "alice", "--dry-run"],
    ["doctor", "--repair", "--dry-run"],
  ].map((args) => [args.join(" "), args] as const);

  const withIds = (args: readonly string[]) =>
    args.map((arg) => (arg === "ID" ? id : arg === "ID-PREFIX" ? id.slice(0, 8) : arg));

  test.each(["reader", "operator"])("%s: there is a trail to look at", async () => {
    const made = await store.create({ user: "short" });
    expect(await run("operator", "revoke", made.session.id)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  describe.each(["reader", "operator"])("%s", (role) => {
    test.each(looking)("may %s", async (_, args) => {
      const { exitCode, stderr, stdout } = await run(role, ...withIds(args));
      expect({ exitCode, stderr: stderr.replace(/^dry run: .*\n$/, "") }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).not.toBe("");
    });
  });

  test("the operator may change what operators change", async () => {
    for (const args of [
      ["expire", "--user", "user-0", "--in", "10m", "--yes"],
      ["revoke", "--user", "user-1", "--yes", "--reason", "test"],
      ["doctor", "--repair"],
    ]) {
      expect(await run("operator", ...args)).toMatchObject({ exitCode: 0, stderr: "" });
    }
    expect(
      (await run("operator", "revoke", "--user", "user-2", "--yes", "--wait", "1", "--timeout", "1s")).exitCode,
    ).toBe(5);
    expect(await store.listUser("user-1")).toEqual([]);
  });

  test("the reader changes nothing, and is told so", async () => {
    const before = await redis.client.dump(keysOf("sc").session(id));
    for (const args of [
      ["revoke", id],
      ["expire", id, "--in", "1m"],
      ["doctor", "--repair"],
    ]) {
      const { exitCode, stderr, stdout } = await run("reader", ...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: "" });
      expect(stderr).toMatch(/Redis denies the user reader the command [A-Z]+\n/);
    }
    expect(await redis.client.dump(keysOf("sc").session(id))).toEqual(before);
  });

  test("what doctor may not know is unknown, with the reason", async () => {
    const { stdout } = await run("reader", "doctor");
    expect(stdout).toMatch(/unknown +default user +this user may not run ACL LIST\n/);
    expect(stdout).toMatch(/unknown +bind|unknown +listens on +this user may not run CONFIG GET\n/);
    expect(stdout).toMatch(/ok +eviction policy +noeviction\n/);
    expect(stdout).toMatch(/ok +sessions without entries +none of/);
  });

  describe.each(roles)("$name", ({ name, commands }) => {
    let client: Redis;
    beforeAll(() => {
      client = clientOf(redis, name);
    });
    afterAll(() => client.disconnect());

    it("may run no other command of the server, FLUSHALL, KEYS, CONFIG and ACL among them", async () => {
      const refused: string[] = [];
      // Redis lets everybody run these.
      const free = ["auth", "hello", "quit", "reset"];
      for (const { command, arity } of await everyCommand()) {
        if (free.includes(command) || commands.includes(command) || commands.includes(command.split("|")[0] ?? ""))
          continue;
        // Redis looks at the number of arguments first; none of them is looked at.
        const words = command.split("|");
        const args = Array.from({ length: Math.max(0, Math.abs(arity) - words.length) }, () => "1");
        const [first = "", ...others] = [...words, ...args];
        const error = await client.call(first, ...others).then(() => undefined, String);
        expect(`${command}: ${error}`).toMatch(/NOPERM/);
        refused.push(command);
      }
      expect(refused).toEqual(
        expect.arrayContaining(["flushall", "keys", "config|set", "config|get", "acl|setuser", "monitor", "shutdown"]),
      );
      expect(refused.length).toBeGreaterThan(250);
      // Nothing happened all the same.
      expect(await redis.client.get("other:key")).toBe("hush");
    });

    it("may use no other key, not even of a namespace that begins alike", async () => {
      for (const key of ["other:key", "sc2:{00}:live", "s", "sc:{trail}x:trail"]) {
        await expect(client.get(key)).rejects.toThrow(/NOPERM/);
        await expect(client.call("EVAL_RO", "return redis.call('GET', KEYS[1])", 1, key)).rejects.toThrow(/NOPERM/);
        // A script that names no key gets at none either.
        await expect(client.call("EVAL_RO", `return redis.call('GET', '${key}')`, 0)).rejects.toThrow(
          /NOPERM|access at least one of the keys/,
        );
        if (name === "reader") continue;
        await expect(client.set(key, "x")).rejects.toThrow(/NOPERM/);
        await expect(client.del(key)).rejects.toThrow(/NOPERM/);
        await expect(client.eval(`return redis.call('SET', '${key}', 'x')`, 0)).rejects.toThrow(
          /NOPERM|access at least one of the keys/,
        );
      }
    });
  });

  test("the application cannot see or touch the trail", async () => {
    const client = clientOf(redis, "application");
    const { trail } = keysOf("sc");
    await expect(client.xrange(trail, "-", "+")).rejects.toThrow(/NOPERM/);
    await expect(client.xadd(trail, "*", "e", "{}")).rejects.toThrow(/NOPERM/);
    await expect(client.del(trail)).rejects.toThrow(/NOPERM/);
    client.disconnect();
  });

  test("no script makes a writer of the reader", async () => {
    const client = clientOf(redis, "reader");
    const key = keysOf("sc").session(id);
    await expect(client.call("EVAL_RO", "return redis.call('DEL', KEYS[1])", 1, key)).rejects.toThrow(
      /run this command|read-only/,
    );
    await expect(client.call("EVAL", "return redis.call('DEL', KEYS[1])", 1, key)).rejects.toThrow(/NOPERM/);
    client.disconnect();
  });

  test("nothing is allowed that nobody used in all of this, but for databases and clusters", async () => {
    const stats = await redis.client.info("commandstats");
    const used = new Set(
      [...stats.matchAll(/^cmdstat_([^:]+):calls=\d+,usec=\d+,usec_per_call=[\d.]+,rejected_calls=/gm)].map(
        (match) => match[1],
      ),
    );
    const allowed = ["reader", "operator"].flatMap((name) => roleNamed(name as RoleName).commands);
    const idle = allowed.filter((command) => !used.has(command) && !/^(select|cluster\|)/.test(command));
    expect([...new Set(idle)]).toEqual([]);
  });

  async function everyCommand() {
    type Told = readonly [name: string, arity: number, ...unknown[]];
    const told = (await redis.client.call("COMMAND")) as readonly Told[];
    return told.flatMap(([command, arity, ...rest]) => {
      const subcommands = (rest.at(-1) ?? []) as readonly Told[];
      const whole =
        subcommands.length > 0
          ? subcommands.map(([name, its]) => ({ command: name, arity: its }))
          : [{ command, arity }];
      return whole.map((one) => ({ ...one, command: one.command.toLowerCase() }));
    });
  }
});
