import { hash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { program, sessctl } from "../helpers/cli.js";
import { startOnTerminal } from "../helpers/pty.js";
import { startRedis } from "../helpers/redis.js";

const good = "correct-horse-battery";

test("a user for each role, as commands on standard output and what they are for beside it", async () => {
  const { stdout, stderr, exitCode } = await sessctl(["acl"]);
  expect(exitCode).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => line.split(" ").slice(0, 6).join(" "))).toEqual([
    "ACL SETUSER application reset on >PASSWORD",
    "ACL SETUSER reader reset on >PASSWORD",
    "ACL SETUSER operator reset on >PASSWORD",
  ]);
  expect(lines[1]).toContain(" resetchannels %R~sc:{??}:* %R~sc:{trail}:trail -@all +");
  expect(stderr).toMatch(/^# application: creates, .*\n# reader: .*\n# operator: .*\n# replace PASSWORD /);
  expect(await sessctl(["acl", "-q"])).toMatchObject({ stdout, stderr: "" });
});

test("needs no Redis, and follows the namespace, the name and the role", async () => {
  const args = ["acl", "reader", "--namespace", "shop", "--name", "grafana", "--form", "aclfile", "-q"];
  const { stdout, exitCode } = await sessctl(args, { url: "redis+unix:///nowhere.sock" });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^user grafana on >PASSWORD resetchannels %R~shop:\{\?\?\}:\* %R~shop:\{trail\}:trail -@all \+/,
  );
});

test("for another framework's sessions: a reader and an operator, by its prefix or the one given", async () => {
  const usual = await sessctl(["acl", "--layout", "connect-redis", "-q"]);
  expect(usual.stdout.match(/^ACL SETUSER \w+/gm)).toEqual(["ACL SETUSER reader", "ACL SETUSER operator"]);
  expect(usual.stdout).toContain(" %R~sess:* %R~sc:{trail}:trail -@all ");
  const given = await sessctl(["acl", "operator", "--layout", "connect-redis", "--prefix", "app[1]:", "-q"]);
  expect(given.stdout).toContain(" &app\\[1\\]:* ~app\\[1\\]:* ~sc:{trail}:trail -@all ");
  const any = await sessctl(["acl", "reader", "--layout", "koa-session", "-q"]);
  expect(any.stdout).toContain(" %R~* -@all ");
  expect(any.stderr).toContain("these rules reach every key");
  const refused = { exitCode: 2, stdout: "" };
  expect(await sessctl(["acl", "application", "--layout", "connect-redis"])).toMatchObject(refused);
  expect(await sessctl(["acl", "--layout", "connect-redis", "--prefix", "a b"])).toMatchObject(refused);
  expect(await sessctl(["acl", "--layout", "nonsense"])).toMatchObject(refused);
});

test("for a program: keys and commands, and both forms", async () => {
  const { stdout } = await sessctl(["acl", "application", "-o", "json"]);
  const [rules] = JSON.parse(stdout) as [{ setuser: string; line: string; commands: string[] }];
  expect(rules).toMatchObject({ user: "application", role: "application", keys: ["~sc:{??}:*"] });
  expect(rules.commands[0]).toBe("-@all");
  expect(rules.setuser).toBe(rules.line.replace(/^user application /, "ACL SETUSER application reset "));
});

test("a password that is asked for is printed as its hash, and opens", async () => {
  const redis = await startRedis();
  const { stdout, stderr } = await sessctl(["acl", "reader", "operator", "--password", "-q"], {
    stdin: `${good}-1\n${good}-2\n`,
  });
  expect(stdout + stderr).not.toContain(good);
  expect(stdout).toContain(` #${hash("sha256", `${good}-1`, "hex")} `);
  for (const line of stdout.trimEnd().split("\n")) {
    const [command = "", ...args] = line.split(" ");
    await redis.client.call(command, ...args);
  }
  const client = new Redis(redis.socket, { username: "operator", password: `${good}-2`, enableReadyCheck: false });
  expect(await client.ping()).toBe("PONG");
  client.disconnect();
  await redis.stop();
});

test("the lines of an aclfile are what Redis loads", async () => {
  const { stdout } = await sessctl(["acl", "--password", "--form", "aclfile", "-q"], { stdin: `${good}\n`.repeat(3) });
  const folder = mkdtempSync(path.join(tmpdir(), "sessctl-acl-"));
  writeFileSync(path.join(folder, "users.acl"), `user default on nopass ~* &* +@all\n${stdout}`);
  const redis = await startRedis(["--aclfile", path.join(folder, "users.acl")]);
  expect(await redis.client.acl("USERS")).toEqual(["application", "default", "operator", "reader"]);
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("on a terminal the password is not shown while it is typed, and Backspace works", async () => {
  const acl = startOnTerminal([process.execPath, program, "acl", "reader", "--password"]);
  await acl.until("Password of reader: ");
  acl.type(`${good}x\u007F\r`);
  expect((await acl.ended).exitCode).toBe(0);
  expect(acl.output).not.toContain("correct");
  expect(acl.output.replaceAll(/\s/g, "")).toContain(`#${hash("sha256", good, "hex")}`);
});

test("Ctrl-C at the question gives nothing away and ends", async () => {
  const acl = startOnTerminal([process.execPath, program, "acl", "reader", "--password"]);
  await acl.until("Password of reader: ");
  acl.type("half\u0003");
  expect((await acl.ended).exitCode).toBe(130);
  expect(acl.output).not.toMatch(/half|ACL SETUSER/);
});

test.each<[args: string[], stdin: string, says: string]>([
  [["acl", "root"], "", 'there is no role "root"'],
  [["acl", "--name", "x"], "", "--name is for one role"],
  [["acl", "reader", "--name", "a b"], "", "cannot be a user"],
  [["acl", "reader", "--password"], "short\n", "reader needs a password of 15 characters or more"],
  [["acl", "reader", "--password"], "", "reader needs a password"],
  [["acl", "reader", "--password", "--no-input"], `${good}\n`, "--no-input forbids it"],
  [["acl", "--namespace", "a b"], "", "namespace"],
])("%j is a mistake: nothing on standard output", async (args, stdin, says) => {
  const { stdout, stderr, exitCode } = await sessctl(args, { stdin });
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toContain(says);
});
