import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { program } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

// The script of docs/audit.md, as cron runs it: with the mail in a file.

const document = readFileSync(path.resolve(import.meta.dirname, "../../docs/audit.md"), "utf8");
const script = /^#!\/bin\/sh\n[^`]*/m.exec(document)?.[0] ?? "";
const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

let redis: TestRedis;
let folder: string;
const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-cron-"));
  const command = (name: string, text: string) => {
    writeFileSync(file(name), `#!/bin/sh\n${text}\n`);
    chmodSync(file(name), 0o700);
  };
  command("sessctl", `exec '${process.execPath}' '${program}' "$@"`);
  command("mail", `{ printf '%s|' "$@"; echo; cat; } >> '${file("mails")}'`);
  for (const namespace of ["quiet", "taken"]) {
    const store = createSessionStore({ redis: redis.url, namespace });
    const { token } = await store.create({ user: "alice", client: { ip: "203.0.113.7", userAgent: chrome } });
    if (namespace === "taken") await store.validate(token, { ip: "192.0.2.1", userAgent: "curl/8.5.0" });
    await store.close();
  }
});
beforeEach(() => rmSync(file("mails"), { force: true }));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await redis.stop();
});

/** The mails that a run sends, and what it prints, which cron would send too. */
async function cron(env: NodeJS.ProcessEnv): Promise<{ readonly mails: string; readonly printed: string }> {
  const child = spawn("sh", ["-c", script], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { HOME: folder, TMPDIR: folder, PATH: `${folder}:/usr/bin:/bin`, SESSCTL_URL: redis.url, ...env },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  return { mails: existsSync(file("mails")) ? readFileSync(file("mails"), "utf8") : "", printed };
}

test("an hour with a stolen session is mailed, with the report", async () => {
  const { mails, printed } = await cron({ SESSCTL_NAMESPACE: "taken" });
  expect(mails).toMatch(/^-s\|sessctl: findings\|security@example\.com\|\n# Session audit\n[^]*tool-replay/);
  expect(printed).toBe("");
});

test.each([
  ["in which nothing is wrong", "quiet"],
  ["in which nothing happened", "empty"],
])("an hour %s is not heard of", async (_, namespace) => {
  expect(await cron({ SESSCTL_NAMESPACE: namespace })).toEqual({ mails: "", printed: "" });
});

test("an audit that could not be made is mailed, with the reason", async () => {
  const { mails, printed } = await cron({ SESSCTL_URL: "redis://127.0.0.1:1" });
  expect(mails).toMatch(
    /^-s\|sessctl: no audit, exit code 4\|security@example\.com\|\nsessctl: Redis cannot be reached/,
  );
  expect(printed).toBe("");
});
