import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { exitCodes } from "../../src/cli/exit-codes.js";
import { settings } from "../../src/cli/settings/index.js";
import type { Setting } from "../../src/cli/settings/setting.js";
import { createSessionStore } from "../../src/index.js";
import { type CliResult, sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// Each exit code and each global option once. The tables are held against the program's own: what is new there and has no
// line here makes a test fail.

let redis: TestRedis;
let folder: string;
let id: string;

beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-options-"));
  const sessions = createSessionStore({ redis: redis.url });
  const { session } = await sessions.create({ user: "=alice", client: { ip: "192.0.2.1", userAgent: "curl/8" } });
  id = session.id;
  await sessions.close();
  const others = createSessionStore({ redis: redis.url, namespace: "other" });
  await others.create({ user: "bob" });
  await others.close();
  await redis.client.set("broken:{00}:live", "no index");
  await redis.client.set(`odd:{00}:session:${"0".repeat(32)}`, "no record", "EX", 600);
  await redis.client.zadd("odd:{00}:live", Date.now(), "0".repeat(32));
  const express = { cookie: { originalMaxAge: null }, passport: { user: "carol" } };
  await redis.client.set("shop:abc", JSON.stringify(express), "EX", 600);
  mkdirSync(path.join(folder, "sessctl"));
  const profiles = { profiles: { here: { url: redis.url } } };
  writeFileSync(path.join(folder, "sessctl", "config.json"), JSON.stringify(profiles), { mode: 0o600 });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await redis.stop();
});

const run = (...args: string[]) => sessctl(args, { url: redis.url, env: { XDG_CONFIG_HOME: folder } });
/** A Redis that is not there. */
const nowhere = "redis://127.0.0.1:1";

describe("every exit code", () => {
  const ways: Readonly<Record<keyof typeof exitCodes, () => Promise<CliResult>>> = {
    done: () => run("list"),
    failed: () => run("list", "--namespace", "broken"),
    usage: () => run("list", "--limit", "many"),
    nothing: () => run("list", "--user", "nobody"),
    redis: () => run("list", "--url", nowhere),
    partly: () => run("show", id, "ffffffff"),
    found: () => run("audit", "--fail-on", "info", "--rule", "inconsistent", "--namespace", "odd"),
    interrupted,
  };

  test.each(Object.entries(exitCodes))("%s is %d", async (name, code) => {
    const { exitCode, stdout, stderr } = await ways[name as keyof typeof exitCodes]();
    expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: code });
    // With an error there is nothing for programs to read, and something for people.
    if (["failed", "usage", "redis"].includes(name)) {
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^sessctl: .+\n/);
    }
  });

  async function interrupted(): Promise<CliResult> {
    // Takes connections and says nothing.
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(path.join(folder, "silent.sock"), resolve));
    let pid = 0;
    silent.once("connection", () => process.kill(pid, "SIGINT"));
    const url = `redis+unix://${path.join(folder, "silent.sock")}`;
    const result = await sessctl(["list", "--timeout", "60s"], { url, onStart: (started) => (pid = started) });
    silent.close();
    return result;
  }
});

describe("every global option", () => {
  const ways: Readonly<Record<string, () => Promise<void>>> = {
    output: async () => expect((await run("list", "-o", "id")).stdout).toBe(`${id}\n`),
    url: async () => {
      const { stdout } = await sessctl(["list", "-o", "id", "--url", redis.url], { url: nowhere });
      expect(stdout).toBe(`${id}\n`);
    },
    profile: async () => {
      const env = { XDG_CONFIG_HOME: folder, SESSCTL_URL: "" };
      const { stdout } = await sessctl(["list", "-o", "id", "--profile", "here"], { env });
      expect(stdout).toBe(`${id}\n`);
    },
    namespace: async () => expect((await run("list", "--namespace", "other")).stdout).toContain("bob"),
    layout: async () => {
      const { stdout } = await run("list", "--layout", "connect-redis", "--prefix", "shop:", "-o", "json");
      expect(JSON.parse(stdout)).toMatchObject([{ layout: "connect-redis" }]);
    },
    prefix: async () => {
      const { exitCode } = await run("list", "--layout", "connect-redis", "--prefix", "nothing:");
      expect(exitCode).toBe(exitCodes.nothing);
    },
    map: async () => {
      const connect = ["--layout", "connect-redis", "--prefix", "shop:"];
      expect((await run("list", ...connect, "--map", "level=passport.user", "-o", "json")).stdout).toContain(
        '"level":"carol"',
      );
    },
    idleMs: async () => {
      const connect = ["--layout", "connect-redis", "--prefix", "shop:"];
      const { stdout } = await run("list", ...connect, "--idle", "11m", "-o", "json");
      expect(JSON.parse(stdout)).toMatchObject([{ lastSeenAt: expect.any(String) as string }]);
    },
    // Nothing is in the other database: which one was looked at shows.
    db: async () => expect((await run("list", "--db", "5")).exitCode).toBe(exitCodes.nothing),
    // That a walk keeps to it is in auto.test.ts: here, that it is read.
    scanRate: async () => {
      const walk = ["list", "--layout", "connect-redis", "--prefix", "shop:", "-o", "id"];
      expect((await run(...walk, "--scan-rate", "5000")).stdout).toMatch(/^[0-9a-f]{32}\n$/);
      expect((await run(...walk, "--scan-rate", "none")).exitCode).toBe(exitCodes.usage);
    },
    // What it does is in replica.test.ts: here, that there is none.
    replica: async () => expect((await run("list", "--replica")).stderr).toContain("this Redis has no replica"),
    timeoutMs: async () =>
      expect((await run("list", "--timeout", "0s")).stderr).toContain("--timeout: 0s is too short"),
    utc: async () => expect((await run("show", id, "--utc")).stdout).toMatch(/^created +\S+Z \(/m),
    csvRaw: async () => {
      expect((await run("list", "-o", "csv", "--columns", "user")).stdout).toBe("user\r\n'=alice\r\n");
      expect((await run("list", "-o", "csv", "--columns", "user", "--csv-raw")).stdout).toBe("user\r\n=alice\r\n");
    },
    noColor: async () => {
      const coloured = { url: redis.url, env: { FORCE_COLOR: "1" } };
      expect((await sessctl(["list"], coloured)).stdout).toContain("\u001B[");
      expect((await sessctl(["list", "--no-color"], coloured)).stdout).not.toContain("\u001B[");
    },
    quiet: async () => {
      expect((await run("list", "--user", "nobody")).stderr).toBe("no session matched\n");
      expect((await run("list", "--user", "nobody", "-q")).stderr).toBe("");
    },
    // What it forbids is asking, for which a terminal is needed: test/cli/terminal.test.ts has that.
    noInput: async () => {
      const { exitCode } = await run("revoke", "--all", "--no-input");
      expect(exitCode).toBe(exitCodes.usage);
    },
    debug: async () => {
      expect((await run("list", "--sort", "x")).stderr).not.toContain("    at ");
      expect((await run("list", "--sort", "x", "--debug")).stderr).toMatch(/^ +at /m);
    },
    geoCountry: () => expectMissingFile("--geo-country"),
    geoAsn: () => expectMissingFile("--geo-asn"),
    geoCity: () => expectMissingFile("--geo-city"),
  };

  const options = Object.entries<Setting<unknown>>(settings).filter(([, { flags }]) => flags !== undefined);

  test("there are some, and none was forgotten here", () => {
    expect(options.length).toBeGreaterThan(8);
    expect(options.map(([name]) => name).filter((name) => ways[name] === undefined)).toEqual([]);
  });

  test.each(options.map(([name, { flags = "" }]) => [flags, name]))("%s", async (_, name) => {
    expect.hasAssertions();
    await ways[name]?.();
  });

  /** A file that is not there is named: it was looked for. */
  async function expectMissingFile(option: string): Promise<void> {
    const missing = path.join(folder, "none.mmdb");
    const { exitCode, stderr } = await run("list", "--columns", "country,asn", option, missing);
    expect(stderr).toContain("none.mmdb");
    expect(exitCode).not.toBe(exitCodes.done);
  }
});

test("top takes what changes how its screen looks", async () => {
  const looks = ["--theme", "high-contrast", "--no-motion", "--screen-reader"];
  expect(await run("top", "--once", ...looks)).toMatchObject({ exitCode: exitCodes.done, stderr: "" });
  expect((await run("top", "--once", "--theme", "pink")).exitCode).toBe(exitCodes.usage);
});

test("profile add keeps every setting of a connection", async () => {
  const env = { XDG_CONFIG_HOME: path.join(folder, "added"), SESSCTL_URL: "" };
  const tls = ["--tls-cert", "/cert.pem", "--tls-key", "/key.pem", "--tls-servername", "cache.example"];
  const args = ["profile", "add", "far", "--url", "rediss://192.0.2.1", "--db", "3", ...tls];
  expect(await sessctl(args, { env })).toMatchObject({ exitCode: exitCodes.done });
  const file = readFileSync(path.join(folder, "added", "sessctl", "config.json"), "utf8");
  for (const value of ["3", '"/cert.pem"', '"/key.pem"', '"cache.example"']) expect(file).toContain(value);
});

describe("every option of", () => {
  const root = path.resolve(import.meta.dirname, "..");
  const tests = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => readFileSync(path.join(root, file), "utf8"))
    .join("\n");

  test.each(commands.map((entry) => [entry.name, entry] as const))("%s is used by a test", async (name, entry) => {
    const command = new Command(name);
    (await entry.load()).configure(command);
    const names = command.options.map(({ long, short }) => long ?? short ?? "");
    expect(names.filter((option) => !new RegExp(`["' ]${option}["' =]`).test(tests))).toEqual([]);
    expect(tests).toMatch(new RegExp(`["'\\[(]${name}["' ]`));
  });
});
