import { afterAll, beforeAll, expect, test } from "vitest";
import stringWidth from "string-width";
import { checks } from "../../src/doctor/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** What `-o json` says, as far as the tests look. */
interface Said {
  readonly doctor: unknown;
  readonly checks: readonly [
    { readonly check: string; readonly fix: readonly [{ readonly text: string }, ...unknown[]] },
    ...{ readonly check: string }[],
  ];
}

let redis: TestRedis;
let unfit: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  unfit = await startRedis(["--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"]);
});

afterAll(async () => {
  await redis.stop();
  await unfit.stop();
});

test("a server without failures is done, one with any is found out", async () => {
  expect(await sessctl(["doctor"], { url: redis.url })).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await sessctl(["doctor"], { url: unfit.url })).toMatchObject({ exitCode: 10, stderr: "" });
});

test("--fail-on warning is stricter", async () => {
  expect(await sessctl(["doctor", "--fail-on", "warning"], { url: redis.url })).toMatchObject({ exitCode: 10 });
  const args = ["doctor", "--fail-on", "warning", "--check", "eviction-policy"];
  expect(await sessctl(args, { url: redis.url })).toMatchObject({ exitCode: 0 });
});

test("in a pipe: by group, whole lines, with what is wrong, why, and the fix", async () => {
  const { stdout } = await sessctl(["doctor"], { url: unfit.url });
  expect(stdout).toMatch(
    /^MEMORY\n {2}failure {2}eviction policy {10}allkeys-lru: at 100 MB sessions end before .* again\n/,
  );
  expect(stdout).toContain("redis> CONFIG SET maxmemory-policy noeviction\n");
  expect(stdout).toContain("redis.conf: maxmemory-policy noeviction\n");
  expect(stdout).toMatch(/\n\n1 server: 1 failure, \d+ warnings, \d+ ok\n$/);
  expect(stdout).not.toContain("\u001b");
});

test.each([60, 80, 200])(
  "on a terminal of %d columns every line fits, and the verdicts have colours",
  async (columns) => {
    const doctor = startOnTerminal([process.execPath, program, "doctor"], { columns, env: { SESSCTL_URL: unfit.url } });
    expect((await doctor.ended).exitCode).toBe(10);
    const lines = doctor.output.replaceAll(/\u001B\[[\d;]*m/g, "").split("\r\n");
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    expect(doctor.output).toContain("\u001B[31mfailure");
  },
);

test("as JSON: when, which servers, and every check with facts and fix", async () => {
  const { stdout } = await sessctl(["doctor", "-o", "json"], { url: unfit.url });
  const { doctor, checks: results } = JSON.parse(stdout) as Said;
  expect(doctor).toEqual({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    namespace: "sc",
    servers: [{ name: unfit.socket, role: "master", transport: "socket" }],
  });
  const every = checks.filter(({ id }) => id !== "cluster-state").map(({ id }) => id);
  expect(results.map(({ check }) => check)).toEqual(every);
  expect(results[0]).toEqual({
    check: "eviction-policy",
    group: "memory",
    title: "eviction policy",
    server: unfit.socket,
    verdict: "failure",
    saw: expect.stringContaining("allkeys-lru"),
    facts: { policy: "allkeys-lru", maxmemory: 104_857_600, evictedKeys: 0 },
    fix: [
      { in: "redis", text: "CONFIG SET maxmemory-policy noeviction" },
      { in: "config", text: "maxmemory-policy noeviction" },
      { in: "words", text: "Keep caches in another Redis." },
    ],
    why: expect.any(String),
    sessions: [],
  });
});

test("as lines and as a sheet: a check each", async () => {
  const args = ["doctor", "--check", "eviction-policy", "--check", "version"];
  const ndjson = await sessctl([...args, "-o", "ndjson"], { url: unfit.url });
  expect(
    ndjson.stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as Said["checks"][0]).check),
  ).toEqual(["eviction-policy", "version"]);
  const csv = await sessctl([...args, "-o", "csv"], { url: unfit.url });
  expect(csv.stdout).toMatch(/^check,group,title,server,verdict,saw,facts,fix,why,sessions\r\neviction-policy,memory,/);
});

test("a fix that is carried out is found done", async () => {
  const { stdout } = await sessctl(["doctor", "--check", "eviction-policy", "-o", "json"], { url: unfit.url });
  const [{ fix }] = (JSON.parse(stdout) as Said).checks;
  const [name = "", ...args] = fix[0].text.split(" ");
  await unfit.client.call(name, ...args);
  expect(await sessctl(["doctor", "--check", "eviction-policy"], { url: unfit.url })).toMatchObject({ exitCode: 0 });
});

test("a user who may little is told what is not known, and why", async () => {
  await redis.client.acl("SETUSER", "little", "on", ">hush", "-@all", "+ping", "+hello");
  const url = redis.url.replace("redis+unix://", "redis+unix://little:hush@");
  const { stdout, stderr, exitCode } = await sessctl(["doctor"], { url });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(stdout).toMatch(/unknown +eviction policy +this user may not run INFO\n/);
  expect(stdout).toMatch(/unknown +clock +this user may not run TIME\n/);
});

test("mistakes: a check that is none, a verdict that is none, no Redis", async () => {
  const unknown = await sessctl(["doctor", "--check", "evictoin"], { url: redis.url });
  expect(unknown).toMatchObject({ exitCode: 2, stdout: "" });
  expect(unknown.stderr).toContain('there is no check "evictoin"\n  try: Checks: eviction-policy, ');
  expect(await sessctl(["doctor", "--fail-on", "ok"], { url: redis.url })).toMatchObject({ exitCode: 2, stdout: "" });
  const away = await sessctl(["doctor"], { url: "redis+unix:///nowhere.sock" });
  expect(away).toMatchObject({ exitCode: 4, stdout: "" });
  expect(away.stderr).toContain("at redis+unix:///nowhere.sock (namespace sc)");
});
