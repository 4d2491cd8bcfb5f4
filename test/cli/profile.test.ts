import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { program, sessctl } from "../helpers/cli.js";
import { processesNaming } from "../helpers/processes.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis } from "../helpers/redis.js";

let folder: string;
let userFile: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-profile-"));
  userFile = path.join(folder, "sessctl", "config.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], options: { stdin?: string; env?: NodeJS.ProcessEnv } = {}) =>
  sessctl(args, { ...options, env: { XDG_CONFIG_HOME: folder, ...options.env }, cwd: folder });
const profile = (...args: string[]) => run(["profile", ...args]);
const written = () => readFileSync(userFile, "utf8");
const config = () => JSON.parse(written()) as Record<string, unknown>;

function write(text: string) {
  mkdirSync(path.dirname(userFile), { recursive: true });
  writeFileSync(userFile, text, { mode: 0o600 });
}

test("add, use, list, show, remove", async () => {
  const url = ["--url", "rediss://cache-1"];
  const add = await profile(
    "add",
    "prod",
    ...url,
    "--username",
    "ops",
    "--namespace",
    "shop",
    "--protected",
    "--tls-ca",
    "ca.pem",
  );
  expect(add).toMatchObject({ stdout: "", exitCode: 0, stderr: expect.stringContaining("added prod to ") });
  expect(config()).toEqual({
    profiles: {
      prod: {
        url: "rediss://cache-1",
        username: "ops",
        namespace: "shop",
        protected: true,
        tls: { ca: path.join(folder, "ca.pem") },
      },
    },
  });
  expect(statSync(userFile).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(userFile)).mode & 0o777).toBe(0o700);
  await profile("add", "dev", "--url", "redis://127.0.0.1:1", "--password-command", "pass show dev");
  expect((await profile("use", "prod")).exitCode).toBe(0);
  const list = await profile("list", "-o", "json");
  expect(JSON.parse(list.stdout)).toEqual([
    { name: "prod", used: true, url: "rediss://cache-1", namespace: "shop", protected: true, readOnly: false },
    { name: "dev", used: false, url: "redis://127.0.0.1:1", namespace: null, protected: false, readOnly: false },
  ]);
  const show = await profile("show", "dev", "-o", "csv");
  expect(show.stdout).toContain(`passwordCommand,"[""pass"",""show"",""dev""]",${userFile}:`);
  expect(await profile("remove", "prod")).toMatchObject({
    exitCode: 0,
    stderr: "removed prod; no profile is used now\n",
  });
  expect(config()).toEqual({
    profiles: { dev: { url: "redis://127.0.0.1:1", passwordCommand: ["pass", "show", "dev"] } },
  });
});

test("a profile is used by name, from the environment, and as the usual one", async () => {
  const redis = await startRedis(["--requirepass", "s3cret"]);
  try {
    await run(["profile", "add", "prod", "--url", redis.url, "--password"], { stdin: "s3cret\n" });
    expect((await run(["list", "--profile", "prod"])).exitCode).toBe(3);
    expect((await run(["list"], { env: { SESSCTL_PROFILE: "prod" } })).exitCode).toBe(3);
    await profile("use", "prod");
    expect((await run(["list"])).exitCode).toBe(3);
    // The URL alone is not the profile: its password stays where it belongs.
    expect(await run(["list", "--url", redis.url])).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("NOAUTH"),
    });
  } finally {
    await redis.stop();
  }
});

describe("the password", () => {
  const add = ["profile", "add", "prod", "--url", "redis://127.0.0.1:1"];

  test("is read from a pipe, up to the line break", async () => {
    expect((await run([...add, "--password"], { stdin: "hunter2\nmore" })).exitCode).toBe(0);
    expect(config()).toMatchObject({ profiles: { prod: { password: "hunter2" } } });
  });

  test("is asked for on a terminal, and not shown there", async () => {
    const started = startOnTerminal([process.execPath, program, ...add, "--password"], {
      env: { XDG_CONFIG_HOME: folder },
    });
    await started.until("Password: ");
    started.type("hunterX\u007F2\r");
    expect((await started.ended).exitCode).toBe(0);
    expect(started.output).not.toContain("hunter");
    expect(config()).toMatchObject({ profiles: { prod: { password: "hunter2" } } });
  });

  test("is not asked for any more after Ctrl-C: exit 130, nothing written", async () => {
    const started = startOnTerminal([process.execPath, program, ...add, "--password"], {
      env: { XDG_CONFIG_HOME: folder },
    });
    await started.until("Password: ");
    started.type("hun\u0003");
    expect((await started.ended).exitCode).toBe(130);
    expect(existsSync(userFile)).toBe(false);
  });

  test.each<[string, string[], string | undefined, RegExp]>([
    [
      "in the URL",
      ["profile", "add", "prod", "--url", "redis://u:hunter2@x"],
      undefined,
      /--url redis:\/\/u@x --password/,
    ],
    [
      "as the value of an option",
      [...add, "--password", "hunter2", "--yes"],
      undefined,
      /unknown option '--yes'|too many arguments/,
    ],
    ["that is empty", [...add, "--password"], "\n", /no password was given/],
    ["in two places", [...add, "--password", "--password-env", "P"], "x\n", /exclude each other/],
  ])("%s: exit 2, nothing written", async (_, args, stdin, message) => {
    const { stderr, exitCode } = await run(args, stdin === undefined ? {} : { stdin });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("hunter2");
    expect(existsSync(userFile)).toBe(false);
  });

  test("is in no output and no error, whatever is asked", async () => {
    await run([...add, "--password", "--username", "ops"], { stdin: "hunter2\n" });
    for (const args of [
      ["profile", "list"],
      ["profile", "show"],
      ["profile", "show", "prod"],
      ["list", "--profile", "prod", "--debug"],
    ]) {
      for (const output of ["table", "json", "csv"]) {
        const { stdout, stderr } = await run([...args, "-o", output], { env: { SESSCTL_PROFILE: "prod" } });
        expect(stdout + stderr).not.toContain("hunter2");
        expect(stdout + stderr).not.toBe("");
      }
    }
  });

  test("comes from a program, a file or a variable", async () => {
    const redis = await startRedis(["--requirepass", "s3cret"]);
    try {
      writeFileSync(path.join(folder, "secret"), "s3cret\n");
      await profile("add", "command", "--url", redis.url, "--password-command", `cat ${folder}/secret`);
      await profile("add", "file", "--url", redis.url, "--password-file", "secret");
      await profile("add", "variable", "--url", redis.url, "--password-env", "MY_SECRET");
      for (const name of ["command", "file", "variable"]) {
        expect((await run(["list", "--profile", name], { env: { MY_SECRET: "s3cret" } })).exitCode).toBe(3);
      }
    } finally {
      await redis.stop();
    }
  });

  test.each<[string, string[], RegExp]>([
    ["a program that fails", ["--password-command", "sh -c false"], /the password command failed: sh: it ended with 1/],
    ["a program that is not there", ["--password-command", "/nowhere/pass"], /failed: \/nowhere\/pass: ENOENT/],
    ["a program that says nothing", ["--password-command", "true"], /the password command gave no password/],
    ["a file that is not there", ["--password-file", "nowhere"], /passwordFile: .*nowhere cannot be read: ENOENT/],
    ["a variable that is not set", ["--password-env", "NOT_SET"], /the variable NOT_SET has no password/],
  ])("from %s: exit 4", async (_, options, message) => {
    await run([...add, ...options]);
    const { stdout, stderr, exitCode } = await run(["list", "--profile", "prod"]);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 4 });
    expect(stderr).toMatch(message);
  });
});

test("a password in --url is not in the list of processes while sessctl runs", async () => {
  const redis = await startRedis();
  try {
    process.kill(redis.pid, "SIGSTOP");
    const url = redis.url.replace("://", "://ops:hunter2@");
    let pid = 0;
    const ended = sessctl(["list", "--timeout", "3s", "--url", url], { onStart: (started) => (pid = started) });
    await expect.poll(() => processesNaming("ops:***@"), { timeout: 2500 }).toContain(pid);
    expect(processesNaming("hunter2")).not.toContain(pid);
    process.kill(redis.pid, "SIGCONT");
    await ended;
  } finally {
    process.kill(redis.pid, "SIGCONT");
    await redis.stop();
  }
});

describe("the file", () => {
  test("keeps comments, order and what is not known", async () => {
    write(
      '{\n  // mine\n  "later": {"a": 1},\n  "profiles": {\n    "b": {"url": "redis://b"}, // b\n    "a": {"url": "redis://a"}\n  }\n}\n',
    );
    expect((await profile("use", "a")).exitCode).toBe(0);
    expect((await profile("add", "c", "--url", "redis://c")).exitCode).toBe(0);
    expect((await profile("remove", "a")).exitCode).toBe(0);
    expect(written()).toContain("// mine\n");
    expect(written()).toContain('"later": {"a": 1}');
    expect(written()).toContain('"b": {"url": "redis://b"}, // b');
    expect(written()).not.toContain('"redis://a"');
  });

  test("loses nothing when many write at once", async () => {
    const names = Array.from({ length: 8 }, (_, n) => `p${n}`);
    const results = await Promise.all(names.map((name) => profile("add", name, "--url", `redis://${name}`)));
    expect(results.map(({ exitCode }) => exitCode)).toEqual(names.map(() => 0));
    expect(Object.keys(config()["profiles"] as object).toSorted()).toEqual(names);
    expect(readdirSync(path.dirname(userFile))).toEqual(["config.json"]);
  });

  test("stays where a link leads", async () => {
    write("{}");
    const elsewhere = path.join(folder, "dotfiles.json");
    writeFileSync(elsewhere, "{}");
    rmSync(userFile);
    symlinkSync(elsewhere, userFile);
    await profile("add", "a", "--url", "redis://a");
    expect(readFileSync(elsewhere, "utf8")).toContain("redis://a");
  });

  test("is left alone when it cannot be read", async () => {
    write('{ "profiles": ');
    const { stderr, exitCode } = await profile("add", "a", "--url", "redis://a");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("config.json:1:15: not JSON");
    expect(written()).toBe('{ "profiles": ');
  });

  test("is left alone while another writes, and that is said", async () => {
    write("{}");
    writeFileSync(`${userFile}.lock`, "");
    const { stderr, exitCode } = await profile("add", "a", "--url", "redis://a");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("another sessctl writes");
    expect(written()).toBe("{}");
  });

  test("with a mistake in one profile can be mended by removing it", async () => {
    write('{"profiles": {"bad": {"readonly": true}, "good": {"url": "redis://127.0.0.1:1"}}}');
    expect((await run(["list", "--profile", "good"])).exitCode).toBe(2);
    expect((await profile("remove", "bad")).exitCode).toBe(0);
    expect((await run(["list", "--profile", "good"])).exitCode).toBe(4);
  });
});

test.each<[string, string[], RegExp]>([
  ["an action that is none", ["lst"], /profile has no action "lst"\n {2}try: Did you mean list\?/],
  ["no name", ["use"], /profile use needs the name of a profile/],
  ["a name that is none", ["add", "../x", "--url", "redis://x"], /"\.\.\/x" is no name for a profile/],
  ["no URL", ["add", "a"], /profile add needs --url/],
  ["a URL that is none", ["add", "a", "--url", "http://x"], /not a Redis URL/],
  ["a name that is taken", ["add", "b", "--url", "redis://x"], /there is a profile b already/],
  ["a profile that is not there", ["use", "bb"], /there is no profile "bb"; did you mean b\?/],
  ["an option of add elsewhere", ["list", "--protected"], /these options are for profile add/],
])("%s: exit 2", async (_, args, message) => {
  write('{"profiles": {"b": {"url": "redis://b"}}}');
  const { stdout, stderr, exitCode } = await profile(...args);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toMatch(message);
});

test("where there are none, list says so: exit 3", async () => {
  expect(await profile()).toMatchObject({
    stdout: "",
    exitCode: 3,
    stderr: expect.stringContaining("there are no profiles"),
  });
});

test("show tells the settings that hold here and where each comes from", async () => {
  write('{"profile": "a", "profiles": {"a": {"url": "redis://a", "timeout": "9s"}}}');
  writeFileSync(path.join(folder, ".sessctl.json"), '{"namespace": "shop"}');
  const { stdout } = await run(["profile", "show", "-o", "json", "--utc"], { env: { SESSCTL_LAYOUT: "native" } });
  const rows = JSON.parse(stdout) as { setting: string; value: string; from: string }[];
  const row = (name: string) => rows.find(({ setting }) => setting === name);
  expect(row("url")).toEqual({ setting: "url", value: "redis://a", from: `${userFile}:1:44: url` });
  expect(row("timeout")).toMatchObject({ value: "9s" });
  expect(row("namespace")).toMatchObject({
    value: "shop",
    from: expect.stringContaining(".sessctl.json:1:15: namespace"),
  });
  expect(row("utc")).toMatchObject({ value: "true", from: "--utc" });
  expect(row("layout")).toMatchObject({ value: "native", from: "SESSCTL_LAYOUT" });
  expect(row("quiet")).toMatchObject({ value: "false", from: "default" });
});

describe("a profile that guards", () => {
  test("a read-only one refuses every change before anything is read; a protected one wants its name", async () => {
    const redis = await startRedis();
    try {
      await profile("add", "ro", "--url", redis.url, "--read-only");
      await profile("add", "safe", "--url", redis.url, "--protected");
      const revoke = (name: string, ...more: string[]) => run(["revoke", "a3f09c2e", "--profile", name, ...more]);
      expect(await run(["revoke", "--user", "alice", "--yes", "--profile", "ro", "--url", ""])).toMatchObject({
        exitCode: 2,
      });
      expect(await revoke("ro", "--yes")).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("the profile ro is read-only"),
      });
      expect(await revoke("safe", "--confirm", "ro")).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('--confirm names "ro", and the profile is safe'),
      });
      expect(await revoke("safe", "--confirm", "safe")).toMatchObject({ exitCode: 3 });
    } finally {
      await redis.stop();
    }
  });

  test("on a terminal the protected one's name is asked for, also for one session and with --yes", async () => {
    const redis = await startRedis();
    const sessions = createSessionStore({ redis: redis.url });
    try {
      const { session } = await sessions.create({ user: "alice" });
      await profile("add", "prod", "--url", redis.url, "--protected");
      const revoke = async (answer: string) => {
        const args = ["revoke", session.id, "--yes", "--profile", "prod"];
        const started = startOnTerminal([process.execPath, program, ...args], { env: { XDG_CONFIG_HOME: folder } });
        await started.until("type its name to go on: ");
        started.type(`${answer}\r`);
        return (await started.ended).exitCode;
      };
      expect(await revoke("y")).toBe(1);
      expect(await revoke("prd")).toBe(1);
      expect(await sessions.listUser("alice")).toHaveLength(1);
      expect(await revoke("prod")).toBe(0);
      expect(await sessions.listUser("alice")).toHaveLength(0);
    } finally {
      await sessions.close();
      await redis.stop();
    }
  });
});
