import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import stringWidth from "string-width";
import { checks } from "../../src/doctor/index.js";
import { createSessionStore, type SessionStore } from "../../src/index.js";
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
    /^MEMORY\n {2}failure {2}eviction policy {13}allkeys-lru: at 100 MB sessions end before .* again\n/,
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

describe("the indexes", () => {
  let sessions: SessionStore;
  let damaged: TestRedis;
  const args = (...more: string[]) => ["doctor", "--namespace", "damaged", ...more];
  const liveKeys = () => damaged.client.keys("damaged:*:live");

  beforeAll(async () => {
    damaged = await startRedis();
    sessions = createSessionStore({ redis: damaged.url, namespace: "damaged" });
  });
  afterAll(async () => {
    await sessions.close();
    await damaged.stop();
  });
  beforeEach(async () => {
    await damaged.client.flushall();
    for (let n = 0; n < 30; n++) await sessions.create({ user: `user-${n % 5}` });
    await damaged.client.del(...(await liveKeys()));
  });

  test("a namespace without its indexes is a failure, with the ids of some and the fix", async () => {
    const { stdout, exitCode } = await sessctl(args("--check", "index-missing"), { url: damaged.url });
    expect(exitCode).toBe(10);
    expect(stdout).toMatch(
      /failure {2}sessions without entries .*30 of 30 sessions looked at \(--full looks at all\): missing are 30 in live\n/,
    );
    expect(stdout).toContain("$ sessctl doctor --repair\n");
    const ids = await sessctl(args("--check", "index-missing", "--full", "-o", "id"), { url: damaged.url });
    expect(ids.stdout.trim().split("\n")).toHaveLength(10);
  });

  test("--repair does it and says what, --dry-run only says", async () => {
    const dry = await sessctl(args("--repair", "--dry-run"), { url: damaged.url });
    expect(dry).toMatchObject({ exitCode: 0, stderr: "" });
    expect(dry.stdout).toMatch(
      /^looked at 30 sessions and \d+ entries of indexes\n {2}30 sessions to be added to live\n$/,
    );
    expect(await liveKeys()).toEqual([]);
    const done = await sessctl(args("--repair", "--reason", "they were lost"), { url: damaged.url });
    expect(done).toMatchObject({
      exitCode: 0,
      stderr: "",
      stdout: expect.stringContaining("  30 sessions added to live\n"),
    });
    const list = await sessctl(["list", "--namespace", "damaged", "-o", "id"], { url: damaged.url });
    expect(list.stdout.trim().split("\n")).toHaveLength(30);
    const again = await sessctl(args("--repair", "-o", "json"), { url: damaged.url });
    expect(JSON.parse(again.stdout)).toMatchObject({
      repair: { dryRun: false, stopped: false, sessions: 30, missingLive: 0 },
    });
  });

  test("a look at everything keeps to --scan-rate, and says how far it is and how long it will take", async () => {
    for (let n = 0; n < 40; n++) await Promise.all(Array.from({ length: 40 }, () => sessions.create()));
    const { stderr, exitCode } = await sessctl(args("--full", "--check", "corrupt-records", "--scan-rate", "1000"), {
      url: damaged.url,
    });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^looked at [\d,]+ sessions among 1,\d00 of [\d,]+ keys, (about \ds left, )?[\d,]+ keys a second, [\d.]+s\n$/,
    );
  });

  test("a repair is in the trail, with its reason, what it did, and who", async () => {
    await sessctl(args("--repair", "--reason", "they were lost"), { url: damaged.url });
    const { stdout } = await sessctl(["trail", "--namespace", "damaged", "-o", "json"], { url: damaged.url });
    expect(JSON.parse(stdout)).toMatchObject([{ action: "repair", reason: "they were lost" }]);
    expect(stdout).toContain("missingLive");
    const dry = await sessctl(args("--repair", "--dry-run"), { url: damaged.url });
    expect(dry.exitCode).toBe(0);
    const after = await sessctl(["trail", "--namespace", "damaged", "-o", "json"], { url: damaged.url });
    expect(after.stdout).toBe(stdout);
  });

  test("what cannot be put right is partly done", async () => {
    await damaged.client.set("damaged:{00}:live", "no index");
    const id = "0".repeat(32);
    const [any = ""] = await damaged.client.keys("damaged:*:session:*");
    await damaged.client.copy(any, `damaged:{00}:session:${id}`);
    const { stdout, stderr, exitCode } = await sessctl(args("--repair"), { url: damaged.url });
    expect(exitCode).toBe(5);
    expect(stdout).toContain("  left as they were: 1 keys of another type where an index belongs\n");
    expect(stderr).toBe("what is left as it was is told by: sessctl doctor --full\n");
  });

  test("a read-only profile refuses a repair, a protected one wants its name; a dry run both let through", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "sessctl-profiles-"));
    mkdirSync(path.join(folder, "sessctl"));
    const common = { url: damaged.url, namespace: "damaged" };
    const profiles = { frozen: { ...common, readOnly: true }, prod: { ...common, protected: true } };
    writeFileSync(path.join(folder, "sessctl", "config.json"), JSON.stringify({ profiles }), { mode: 0o600 });
    const env = { XDG_CONFIG_HOME: folder };
    const repair = (...more: string[]) => sessctl(["doctor", "--repair", ...more], { env });

    const frozen = await repair("--profile", "frozen");
    expect(frozen).toMatchObject({ exitCode: 2, stdout: "" });
    expect(frozen.stderr).toContain("the profile frozen is read-only: nothing was changed");
    const prod = await repair("--profile", "prod");
    expect(prod).toMatchObject({ exitCode: 2, stdout: "" });
    expect(prod.stderr).toContain("the profile prod is protected: its name has to be typed");
    for (const name of ["frozen", "prod"]) expect((await repair("--profile", name, "--dry-run")).exitCode).toBe(0);
    expect(await liveKeys()).toEqual([]);

    const typed = startOnTerminal([process.execPath, program, "doctor", "--repair", "--profile", "prod"], { env });
    await typed.until("type its name to go on: ");
    typed.type("dev\r");
    expect((await typed.ended).exitCode).toBe(1);
    expect(typed.output).toContain("nothing was changed");
    expect(await liveKeys()).toEqual([]);
    expect((await repair("--profile", "prod", "--confirm", "prod")).exitCode).toBe(0);
    expect(await liveKeys()).not.toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test("what goes with --repair goes with nothing else, and it has no ids to write", async () => {
    expect(await sessctl(args("--dry-run"), { url: damaged.url })).toMatchObject({ exitCode: 2, stdout: "" });
    expect(await sessctl(args("--reason", "x"), { url: damaged.url })).toMatchObject({ exitCode: 2, stdout: "" });
    expect(await sessctl(args("--repair", "-o", "id"), { url: damaged.url })).toMatchObject({
      exitCode: 2,
      stdout: "",
    });
    expect(await liveKeys()).toEqual([]);
  });
});
