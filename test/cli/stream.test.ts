import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { program } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** More than pipes and the program's own buffers hold, and more than is read ahead. */
const count = 12_000;
/** Records that may be read while nobody takes them: the batch that is written, and those under way. */
const mostAhead = 6000;

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  const client = { ip: "192.0.2.1", userAgent: "x".repeat(500) };
  for (let n = 0; n < count; n += 500) {
    await Promise.all(Array.from({ length: 500 }, (_, m) => sessions.create({ user: `user${n + m}`, client })));
  }
  await sessions.close();
  for (let n = 0; n < count; n += 1000) {
    const pipeline = redis.client.pipeline();
    for (let m = n; m < n + 1000; m++) {
      const session = { cookie: { originalMaxAge: 3_600_000 }, user: `user${m}`, userAgent: "x".repeat(500) };
      pipeline.set(`sess:${String(m).padStart(32, "s")}`, JSON.stringify(session), "EX", 3600);
    }
    await pipeline.exec();
  }
});
afterAll(() => redis.stop());

function start(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args, "-q"], {
    env: { ...process.env, SESSCTL_URL: redis.url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, ended, stderr: () => stderr };
}

/** How many records have been read: with each, its end is asked for. */
async function reads(): Promise<number> {
  const stats = await redis.client.info("commandstats");
  return Number(/cmdstat_pexpiretime:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}

test.each([
  ["native", []],
  ["connect-redis", ["--scan-rate", "0"]],
])(
  "ndjson of the layout %s comes before the walk ends: with a reader that waits, the walk waits too",
  async (layout, options) => {
    const already = await reads();
    const { child, ended, stderr } = start("list", "--limit", "0", "-o", "ndjson", "--layout", layout, ...options);
    const first = await new Promise<Buffer>((resolve) => child.stdout.once("data", resolve));
    child.stdout.pause();
    expect(first.toString().split("\n")[0]).toMatch(/^\{"id":"[0-9a-f]{32}"/);
    // Nothing more is asked of Redis once all buffers between are full; how often that is looked at does not matter.
    let before = -1;
    for (let now = await reads(); now !== before; now = await reads()) {
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const waiting = before;
    expect(child.exitCode).toBeNull();
    let lines = first.toString().split("\n").length - 1;
    child.stdout.on("data", (chunk: Buffer) => (lines += chunk.toString().split("\n").length - 1)).resume();
    expect(await ended).toBe(0);
    expect({ lines, stderr: stderr() }).toEqual({ lines: count, stderr: "" });
    expect(waiting - already).toBeLessThanOrEqual(mostAhead);
    expect(await reads()).toBeGreaterThan(waiting);
  },
);

test.each(["table", "wide", "json", "ndjson", "csv", "id"])(
  "-o %s into a reader that leaves after the first line ends quietly, exit 0",
  async (format) => {
    const { child, ended, stderr } = start("list", "--limit", "0", "-o", format, "--layout", "native");
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.stdout.destroy();
    expect({ exitCode: await ended, stderr: stderr() }).toEqual({ exitCode: 0, stderr: "" });
  },
);
