import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createSessionStore } from "../../src/index.js";
import { type CliResult, sessctl } from "../helpers/cli.js";
import { createAuthority } from "../helpers/certificates.js";
import { freePorts } from "../helpers/ports.js";
import { startProxy } from "../helpers/proxy.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// Every command against a Redis that is in trouble, or that is none: what is said, the exit code, and an empty standard output.

const id = "a3f09c2e".padEnd(32, "0");
const reads = [
  ["list"],
  ["show", id],
  ["audit"],
  ["events"],
  ["trail"],
  ["stats"],
  ["doctor"],
  ["top", "--batch", "-n", "1"],
];
const changes = [
  ["revoke", id],
  ["expire", id, "--in", "1m"],
  ["doctor", "--repair"],
];

const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function redisWith(...options: readonly string[]): Promise<TestRedis> {
  const redis = await startRedis(options);
  ended.push(() => redis.stop());
  return redis;
}

/** A Redis with sessions and a trail of changes, so that there is something to see; the id of one of them. */
async function populated(...options: readonly string[]): Promise<TestRedis & { readonly id: string }> {
  const redis = await redisWith(...options);
  const sessions = createSessionStore({ redis: redis.url });
  const { session } = await sessions.create({ user: "alice" });
  await sessions.close();
  await sessctl(["expire", session.id, "--in", "1h"], { url: redis.url });
  return { ...redis, id: session.id };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ended.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

/** A Redis with a certificate, and no plain port; its port. */
async function redisWithTls(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "sessctl-tls-"));
  ended.push(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  const authority = createAuthority("test authority");
  const { cert, key } = authority.issue({ names: ["127.0.0.1"] });
  const file = (name: string, pem: string) => {
    writeFileSync(path.join(folder, name), pem);
    return path.join(folder, name);
  };
  const [port = 0] = await freePorts(1);
  const options = {
    "tls-port": String(port),
    bind: "127.0.0.1",
    "tls-auth-clients": "no",
    "tls-cert-file": file("cert.pem", cert),
    "tls-key-file": file("key.pem", key),
    "tls-ca-cert-file": file("ca.pem", authority.cert),
  };
  await redisWith(...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]));
  return port;
}

/** A server with as much of Redis 6.0's protocol as it is asked for: there is no package of one to test with. */
async function redis6(): Promise<number> {
  const replyOf = (name: string): string => {
    if (name === "CLIENT" || name === "SELECT") return "+OK\r\n";
    if (name.startsWith("EVAL")) {
      return "-ERR Error running script (call to f_1): @user_script:5: Unknown Redis command called from Lua script\r\n";
    }
    return name.startsWith("Z") ? "*0\r\n" : "-ERR unknown command\r\n";
  };
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      for (const [, name = ""] of data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g)) {
        socket.write(replyOf(name.toUpperCase()));
      }
    });
    ended.push(() => Promise.resolve(socket.destroy()));
  });
  return await listening(server);
}

/** Runs all of them at once; those that have much to wait for wait side by side. */
async function each(commands: readonly string[][], url: string, ...more: readonly string[]) {
  return await Promise.all(
    commands.map(async (args): Promise<CliResult & { readonly command: string }> => {
      const result = await sessctl([...args, ...more], { url });
      return { command: args.join(" "), ...result };
    }),
  );
}

interface Trouble {
  readonly name: string;
  /** Brings it about, and gives the URL. */
  readonly begin: () => Promise<string>;
  readonly says: RegExp;
  readonly hint: RegExp;
  /** Default: 5s. */
  readonly timeout?: string;
  /** Default: 4. */
  readonly exits?: number;
}

/** What lets nothing through. */
const troubles: readonly Trouble[] = [
  {
    name: "that is busy with a script",
    begin: async () => {
      const redis = await redisWith("--busy-reply-threshold", "1");
      const looker = redis.client.duplicate();
      await looker.ping();
      redis.client.eval("while true do end", 0).catch(() => undefined);
      ended.push(async () => {
        await looker.script("KILL");
        looker.disconnect();
      });
      await expect.poll(async () => await looker.ping().catch(String), { timeout: 10_000 }).toContain("BUSY");
      return redis.url;
    },
    says: /Redis is busy with a script that takes too long: BUSY/,
    hint: /SCRIPT KILL/,
  },
  {
    name: "that wants a password",
    begin: async () => (await redisWith("--requirepass", "s3cret")).url,
    says: /Redis refused the password: NOAUTH/,
    hint: /Check the user and the password/,
  },
  {
    name: "that has another password",
    begin: async () => {
      const { url } = await redisWith("--requirepass", "s3cret");
      return url.replace("redis+unix://", "redis+unix://:wrong-one@");
    },
    says: /Redis refused the password: WRONGPASS/,
    hint: /Check the user and the password/,
  },
  {
    name: "that has no more room for clients",
    begin: async () => (await redisWith("--maxclients", "1")).url,
    // It hangs up as well, and that may come first.
    says: /Redis has as many clients as it takes: ERR max number of clients reached|Redis cannot be reached: .*/,
    hint: /maxclients/,
  },
  {
    name: "that is an HTTP server",
    begin: async () => `redis://127.0.0.1:${await listening(createHttpServer((_, reply) => void reply.end("hello")))}`,
    says: /what answers there is not a Redis/,
    hint: /Check the host and the port/,
  },
  {
    name: "that accepts and says nothing",
    begin: async () => {
      const server = createServer((socket) => {
        socket.on("error", () => undefined).resume();
        ended.push(() => Promise.resolve(socket.destroy()));
      });
      return `redis://127.0.0.1:${await listening(server)}`;
    },
    says: /Redis did not answer within 1000 ms/,
    hint: /overloaded or paused|more time/,
    timeout: "1s",
  },
  {
    name: "that hangs up",
    begin: async () => `redis://127.0.0.1:${await listening(createServer((socket) => void socket.destroy()))}`,
    says: /Redis cannot be reached: /,
    hint: /It hung up: see its log/,
  },
  {
    name: "that speaks no TLS, asked with it",
    begin: async () => {
      const [port = 0] = await freePorts(1);
      await redisWith("--port", String(port), "--bind", "127.0.0.1");
      return `rediss://127.0.0.1:${port}`;
    },
    says: /did not answer within 1000 ms|does not speak TLS|ended the connection/,
    hint: /without TLS|Check the port|certificate/,
    timeout: "1s",
  },
  {
    name: "that speaks TLS, asked without it",
    begin: async () => `redis://127.0.0.1:${await redisWithTls()}`,
    says: /Redis cannot be reached: |what answers there is not a Redis/,
    hint: /rediss:/,
  },
  {
    name: "that loads its data",
    begin: async () => {
      // Loading takes its time where it happens: each key two milliseconds.
      const redis = await populated("--key-load-delay", "2000", "--loading-process-events-interval-bytes", "1024");
      const lines = Array.from({ length: 5000 }, (_, n) => ["set", `other:${n}`, "x"]);
      await redis.client.pipeline(lines).exec();
      await redis.client.save();
      await redis.crash(/Loading RDB/);
      return redis.url;
    },
    says: /Redis is loading its data: LOADING/,
    hint: /Wait until it has loaded/,
  },
  {
    name: "that is Redis 6.0",
    begin: async () => `redis://127.0.0.1:${await redis6()}`,
    says: /this Redis lacks a command that sessctl needs: /,
    hint: /Redis 7.0 or newer, or Valkey, is needed/,
    exits: 1,
  },
];

describe.each(troubles)("a Redis $name", ({ begin, says, hint, timeout = "5s", exits = 4 }) => {
  test(`every command: exit ${exits}, what it is, and what to try`, async () => {
    for (const result of await each([...reads, ...changes], await begin(), "--timeout", timeout)) {
      const { command, stdout, stderr, exitCode } = result;
      expect({ command, stdout, exitCode, stderr }).toEqual({
        command,
        stdout: "",
        exitCode: exits,
        stderr: expect.stringMatching(says),
      });
      expect(stderr).toMatch(/^sessctl: .*\n {2}at .*\n {2}try: .*\n$/);
      expect(stderr).toMatch(hint);
      expect(stderr).not.toMatch(/s3cret|wrong-one|^ {4}at /m);
    }
  });
});

/** What lets reads through, and no changes. */
const unwritable: readonly {
  readonly name: string;
  readonly options?: readonly string[];
  readonly begin: (redis: TestRedis) => Promise<unknown>;
  readonly says: RegExp;
}[] = [
  {
    name: "is a replica",
    begin: (redis) => redis.client.call("REPLICAOF", "127.0.0.1", "1"),
    says: /Redis is a replica that takes no writes: READONLY/,
  },
  {
    name: "has too few replicas",
    begin: (redis) => redis.client.config("SET", "min-replicas-to-write", "1"),
    says: /Redis has fewer replicas than it wants for writes: NOREPLICAS/,
  },
  {
    name: "cannot save",
    options: ["--save", "3600 1"],
    begin: async (redis) => {
      // A folder where the snapshot should be.
      mkdirSync(path.join(path.dirname(redis.socket), "dump.rdb"));
      await redis.client.bgsave();
      // It would not end without having saved.
      ended.push(() => redis.client.config("SET", "save", ""));
      const failed = async () => (await redis.client.info("persistence")).includes("rdb_last_bgsave_status:err");
      await expect.poll(failed, { timeout: 10_000 }).toBe(true);
    },
    says: /Redis takes no writes, since it cannot save them: MISCONF/,
  },
];

describe.each(unwritable)("a Redis that $name", ({ options = [], begin, says }) => {
  test("tells all the same, and changes nothing: exit 4, and why", async () => {
    const redis = await populated(...options);
    await begin(redis);
    const own = (commands: readonly string[][]) =>
      commands.map((args) => args.map((arg) => (arg === id ? redis.id : arg)));
    for (const { command, stdout, stderr, exitCode } of await each(own(reads), redis.url, "-q", "--timeout", "20s")) {
      // What is wrong with it doctor finds.
      expect({ command, stderr, exitCode }).toEqual({
        command,
        stderr: "",
        exitCode: command === "doctor" ? expect.any(Number) : 0,
      });
      expect(stdout).not.toBe("");
    }
    for (const { command, stdout, stderr, exitCode } of await each(own(changes), redis.url, "--timeout", "20s")) {
      expect({ command, stdout, exitCode, stderr }).toEqual({
        command,
        stdout: "",
        exitCode: 4,
        stderr: expect.stringMatching(says),
      });
      expect(stderr).toMatch(/^sessctl: nothing was changed, .*\n {2}at .*\n {2}try: .*\n$/);
    }
  });
});

test("a Redis that is out of memory: sessions can be ended, which takes none; what takes some fails, and why is said", async () => {
  const redis = await populated();
  await redis.client.config("SET", "maxmemory", "1");
  const expire = await sessctl(["expire", redis.id, "--in", "1m"], { url: redis.url });
  expect(expire).toMatchObject({ stdout: "", exitCode: 4 });
  expect(expire.stderr).toMatch(
    /^2b\w+ failed: Redis is out of memory: OOM .*\n {2}try: Raise maxmemory, or free memory.\n$/,
  );
  const revoke = await sessctl(["revoke", redis.id], { url: redis.url });
  expect(revoke).toMatchObject({ stdout: expect.stringMatching(/^ended /), stderr: "", exitCode: 0 });
});

describe("a Redis that dies in the middle of a walk", () => {
  test("every command that walks: exit 4, nothing on standard output, and nothing is changed", async () => {
    const redis = await redisWith();
    const sessions = createSessionStore({ redis: redis.url });
    for (let n = 0; n < 5000; n += 100) {
      await Promise.all(Array.from({ length: 100 }, () => sessions.create({ user: "bob" })));
    }
    await sessions.close();
    // After some batches, and before the last.
    const proxy = await startProxy(redis.socket, { breakAfter: 400_000 });
    ended.push(() => proxy.stop());
    const walks = [
      ["list", "--limit", "0"],
      ["list", "--sort", "size"],
      ["audit", "--anomalies"],
      ["audit", "--policy", "nist-aal2"],
      ["stats"],
      ["doctor", "--full", "--check", "corrupt-records"],
      ["revoke", "--where", "size > 0", "--dry-run"],
      ["revoke", "--all", "--yes"],
      ["expire", "--where", "size > 0", "--in", "1h", "--yes"],
    ];
    for (const result of await each(walks, `redis://127.0.0.1:${proxy.port}`, "--timeout", "20s")) {
      const { command, stdout, stderr, exitCode } = result;
      expect({ command, stdout, exitCode, stderr }).toEqual({
        command,
        stdout: "",
        exitCode: 4,
        stderr: expect.stringMatching(/^sessctl: Redis cannot be reached: .*\n {2}at .*\n {2}try: .*\n$/),
      });
    }
    expect((await sessctl(["list", "-o", "id"], { url: redis.url })).stdout.trim().split("\n")).toHaveLength(5000);
  });
});
