import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { program } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  for (let n = 0; n < 300; n++) await sessions.create({ user: `user${n % 3}` });
  await sessions.close();
});

afterAll(() => redis.stop());

/** Runs it with one of its outputs on a file, the other on a pipe. */
async function run(args: readonly string[], file: string, which: "stdout" | "stderr") {
  const descriptor = openSync(file, "w");
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, SESSCTL_URL: redis.url },
    stdio: ["ignore", which === "stdout" ? descriptor : "pipe", which === "stderr" ? descriptor : "pipe"],
  });
  closeSync(descriptor);
  let text = "";
  const pipe = which === "stdout" ? child.stderr : child.stdout;
  pipe?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const exitCode = await new Promise((resolve) => child.once("close", resolve));
  return { text, exitCode };
}

// The device that is always full is Linux's.
describe.runIf(process.platform === "linux")("a full disk", () => {
  test.each<[args: string[]]>([
    [["list"]],
    [["list", "--limit", "0", "-o", "ndjson"]],
    [["list", "-o", "json"]],
    [["list", "-o", "id"]],
    [["audit"]],
    [["audit", "-o", "json"]],
    [["top", "--once"]],
    [["--help"]],
    [["list", "--help"]],
    [["--version"]],
    [["-V", "--no-color"]],
  ])("%j: says so, exit 1", async (args) => {
    const { text, exitCode } = await run(args, "/dev/full", "stdout");
    expect(text).toMatch(/^sessctl: cannot write: no space left on the device\n {2}try: [^\n]+\n$/);
    expect(exitCode).toBe(1);
  });

  test("for messages only: what was asked for is done all the same", async () => {
    const { text, exitCode } = await run(["list", "-o", "csv", "--columns", "user"], "/dev/full", "stderr");
    expect(text.trim().split("\r\n")).toHaveLength(51);
    expect(exitCode).toBe(0);
  });
});

test("a reader of the version that has gone is no failure", async () => {
  const child = spawn(process.execPath, [program, "--version"], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  child.stdout.destroy();
  const exitCode = await new Promise((resolve) => child.once("close", resolve));
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});
