import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startProxy } from "../helpers/proxy.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

let redis: TestRedis;
let aliceId: string;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  for (let n = 0; n < 60; n++) await sessions.create({ user: `user${n % 6}`, client: { ip: `198.51.100.${n}` } });
  await sessions.create({});
  const { session, token } = await sessions.create({
    user: "alice",
    level: "aal2",
    client: { ip: "203.0.113.7", userAgent: chrome },
  });
  aliceId = session.id;
  await sessions.validate(token, { ip: "192.0.2.1", userAgent: "curl/8.5.0" });
  await sessions.close();
});

afterAll(() => redis.stop());

test.each<[args: string[], shown: number, notice: string]>([
  [["-o", "csv", "--columns", "id"], 50, "50 of 62 shown; --limit 0 shows all\n"],
  [["-o", "csv", "--columns", "id", "--sort", "user"], 50, "50 of 62 shown; --limit 0 shows all\n"],
  [["-o", "csv", "--columns", "id", "-q"], 50, ""],
  [["-o", "csv", "--columns", "id", "--limit", "0"], 62, ""],
  [["-o", "csv", "--columns", "id", "--limit", "62"], 62, ""],
  [["-o", "csv", "--columns", "id", "--limit", "7"], 7, ""],
  [["-o", "csv", "--columns", "id", "--active", "1h"], 62, ""],
  [["-o", "csv", "--columns", "id", "--active", "1h", "--sort", "user"], 62, ""],
  [["-o", "id"], 62, ""],
  [["-o", "id", "--limit", "7"], 7, ""],
  [["-o", "id", "--user", "user3", "--limit", "7"], 7, ""],
])("%j shows %d, and says so where nobody asked for a cut: %j", async (args, shown, notice) => {
  const { stdout, stderr, exitCode } = await sessctl(["list", ...args], { url: redis.url });
  expect(stdout.match(/^[0-9a-f]{32}\r?$/gm)).toHaveLength(shown);
  expect({ stderr, exitCode }).toEqual({ stderr: notice, exitCode: 0 });
});

test("all of a user, however many they are", async () => {
  const sessions = createSessionStore({ redis: redis.url, namespace: "bulk" });
  for (let n = 0; n < 60; n++) await sessions.create({ user: "bulk" });
  await sessions.close();
  const args = ["list", "--namespace", "bulk", "--user", "bulk"];
  for (const form of ["id", "ndjson"]) {
    const { stdout, stderr } = await sessctl([...args, "-o", form], { url: redis.url });
    expect({ lines: stdout.trim().split("\n").length, stderr }).toEqual({ lines: 60, stderr: "" });
  }
});

test("a session in JSON: every documented field, times in RFC 3339, null for what there is not", async () => {
  const { stdout, stderr, exitCode } = await sessctl(["list", "--user", "alice", "-o", "json"], { url: redis.url });
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(JSON.parse(stdout)).toEqual([
    {
      id: aliceId,
      user: "alice",
      level: "aal2",
      ip: "192.0.2.1",
      userAgent: "curl/8.5.0",
      client: expect.stringContaining("curl"),
      createdAt: time,
      authenticatedAt: time,
      rotatedAt: time,
      lastSeenAt: time,
      idleEndsAt: time,
      endsAt: time,
      expiresAt: time,
      flags: ["ua", "net"],
      sightingCount: 2,
      size: expect.any(Number),
      layout: "native",
      corrupt: null,
    },
  ]);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  const { stdout: all } = await sessctl(["list", "--limit", "0", "-o", "ndjson"], { url: redis.url });
  const anonymous = all.split("\n").find((line) => line.includes('"user":null'));
  expect(JSON.parse(anonymous ?? "")).toMatchObject({ user: null, level: null, ip: null, userAgent: null, flags: [] });
});

test("a table in a pipe: whole ids, RFC 3339, no colour", async () => {
  const { stdout } = await sessctl(["list", "--user", "alice"], { url: redis.url });
  const [heading, row] = stdout.split("\n");
  expect(heading).toMatch(/^ID +USER +IP +CLIENT +CREATED +LAST SEEN +EXPIRES +FLAGS$/);
  expect(row).toMatch(new RegExp(`^${aliceId}  alice  192\\.0\\.2\\.1 .* \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z .* ua net$`));
});

test("chosen columns, in their order, in every form that has columns", async () => {
  const columns = ["--user", "alice", "--columns", "user, ID,last-seen"];
  const csv = await sessctl(["list", ...columns, "-o", "csv"], { url: redis.url });
  expect(csv.stdout).toMatch(/^user,id,lastSeenAt\r\nalice,[0-9a-f]{32},[0-9TZ:.-]+\r\n$/);
  const ndjson = await sessctl(["list", ...columns, "-o", "ndjson"], { url: redis.url });
  expect(Object.keys(JSON.parse(ndjson.stdout) as object)).toEqual(["user", "id", "lastSeenAt"]);
  const table = await sessctl(["list", ...columns], { url: redis.url });
  expect(table.stdout).toMatch(/^USER +ID +LAST SEEN\n/);
});

test("sorted and reversed", async () => {
  const users = async (...args: string[]) => {
    const { stdout } = await sessctl(["list", "--columns", "user", "-o", "ndjson", "--limit", "1", ...args], {
      url: redis.url,
    });
    return (JSON.parse(stdout) as { user: string }).user;
  };
  expect(await users("--sort", "user")).toBe("alice");
  expect(await users("--sort", "user", "--reverse")).toBe("user5");
  expect(await users()).toBe("alice");
  expect(await users("--reverse")).toBe("user0");
});

test.each([
  ["table", ""],
  ["json", "[]\n"],
  ["ndjson", ""],
  ["id", ""],
])("nothing matched as %s: exit 3, and no error in the data", async (output, data) => {
  const { stdout, stderr, exitCode } = await sessctl(["list", "--user", "nobody", "-o", output], { url: redis.url });
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: data, stderr: "no session matched\n", exitCode: 3 });
  expect((await sessctl(["list", "--user", "nobody", "-q"], { url: redis.url })).stderr).toBe("");
});

test("another namespace has other sessions", async () => {
  expect((await sessctl(["list", "--namespace", "other"], { url: redis.url })).exitCode).toBe(3);
});

test("FORCE_COLOR colours a table in a pipe, --no-color undoes it, and JSON never has colours", async () => {
  const env = { FORCE_COLOR: "1" };
  const run = async (...args: string[]) =>
    (await sessctl(["list", "--user", "alice", ...args], { url: redis.url, env })).stdout;
  expect(await run()).toContain("\u001B[1mUSER");
  expect(await run("--no-color")).not.toContain("\u001B");
  expect(await run("-o", "json")).not.toContain("\u001B");
});

test("Redis goes away in the middle: exit 4, and nothing on standard output, but for ndjson", async () => {
  const sessions = createSessionStore({ redis: redis.url, namespace: "many" });
  for (let n = 0; n < 5000; n += 100) {
    await Promise.all(Array.from({ length: 100 }, () => sessions.create({ user: "bob" })));
  }
  await sessions.close();
  // After some batches, though the walk reads ahead, and before the last.
  const proxy = await startProxy(redis.socket, { breakAfter: 500_000 });
  try {
    const url = `redis://127.0.0.1:${proxy.port}`;
    const list = (form: string) => sessctl(["list", "--namespace", "many", "--limit", "0", "-o", form], { url });
    for (const form of ["table", "json", "csv", "id"]) {
      const { stdout, stderr, exitCode } = await list(form);
      expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 4 });
      expect(stderr).toMatch(/^sessctl: Redis cannot be reached/);
    }
    const { stdout, exitCode } = await list("ndjson");
    expect(stdout.split("\n").length).toBeGreaterThan(100);
    expect(exitCode).toBe(4);
  } finally {
    await proxy.stop();
  }
});

test("a reader that goes away early ends it quietly", async () => {
  const child = spawn(process.execPath, [program, "list", "--limit", "0", "-o", "ndjson"], {
    env: { ...process.env, SESSCTL_URL: redis.url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  child.stdout.destroy();
  const exitCode = await new Promise((resolve) => child.once("close", resolve));
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});

test("country and network are columns on request, and filters", async () => {
  const namespace = "places";
  const sessions = createSessionStore({ redis: redis.url, namespace });
  await sessions.create({ user: "bob", client: { ip: "8.8.8.8" } });
  await sessions.create({ user: "carol", client: { ip: "10.0.0.1" } });
  await sessions.close();
  const list = (...args: string[]) =>
    sessctl(["list", "--namespace", namespace, "--sort", "user", ...args], { url: redis.url });
  const { stdout } = await list("--columns", "user,country,asn", "-o", "csv");
  expect(stdout).toBe("user,country,asn\r\nbob,US,15169\r\ncarol,,\r\n");
  expect((await list("-o", "json")).stdout).not.toContain("country");
  expect((await list("--where", 'country == "US"', "-o", "csv", "--columns", "user")).stdout).toBe("user\r\nbob\r\n");
});

test.each([
  ["/no/such/file.mmdb", "there is no such file"],
  [program, "is no MMDB, or a damaged one"],
])("a geography of %s is a usage error that names it", async (file, message) => {
  const { stdout, stderr, exitCode } = await sessctl(["list", "--geo-country", file, "--columns", "country"], {
    url: redis.url,
  });
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toContain(`--geo-country: "${file}"`);
  expect(stderr).toContain(message);
});
