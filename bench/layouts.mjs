// Another framework's sessions among a million keys of others: `node bench/layouts.mjs [keys]`. What sessctl takes to list
// them, beside a script of SCAN and MGET that does nothing with what it reads. Medians of five, run in turn.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { Redis } from "ioredis";
import { startRedis } from "./lib/redis-server.mjs";

const keys = Number(process.argv[2] ?? 1_000_000);
const sessions = 10_000;
const program = path.resolve(import.meta.dirname, "../bin/sessctl.js");
const redis = await startRedis();
const client = new Redis(redis.socket);
try {
  await fill();
  const runs = {
    "SCAN + MGET by hand": () => byHand(),
    "sessctl list --user, without limit": () =>
      run("list", "--user", "u7", "--layout", "connect-redis", "--scan-rate", "0"),
    "sessctl list --user, usual rate": () => run("list", "--user", "u7", "--layout", "connect-redis"),
    "sessctl layouts (a sample)": () => run("layouts", "-o", "json"),
  };
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round < 5; round++) {
    for (const [name, work] of Object.entries(runs)) {
      const began = performance.now();
      await work();
      times[name].push(performance.now() - began);
    }
  }
  process.stdout.write(`${sessions} sessions of connect-redis among ${keys} keys of others\n`);
  for (const [name, all] of Object.entries(times)) {
    const [least, , median, , most] = all.toSorted((a, b) => a - b).map(Math.round);
    process.stdout.write(`${name.padEnd(40)} ${median} ms (${least} to ${most})\n`);
  }
} finally {
  client.disconnect();
  redis.stop();
}

async function fill() {
  for (let n = 0; n < keys;) {
    const pipeline = client.pipeline();
    for (const end = Math.min(keys, n + 10_000); n < end; n++) pipeline.set(`cache:page:${n}`, "x".repeat(50));
    await pipeline.exec();
  }
  const pipeline = client.pipeline();
  const cookie = { originalMaxAge: 3_600_000, expires: new Date(Date.now() + 3_600_000), httpOnly: true, path: "/" };
  for (let n = 0; n < sessions; n++) {
    const session = { cookie, userId: `u${n % 1000}`, ip: "203.0.113.7", userAgent: "Mozilla/5.0 (X11; Linux x86_64)" };
    pipeline.set(`sess:${n.toString(36).padStart(32, "k")}`, JSON.stringify(session), "EX", 3600);
  }
  await pipeline.exec();
}

async function byHand() {
  let cursor = "0";
  do {
    const [next, found] = await client.scan(cursor, "MATCH", "sess:*", "COUNT", 1000);
    cursor = next;
    if (found.length > 0) await client.mget(found);
  } while (cursor !== "0");
}

function run(...args) {
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    env: { ...process.env, SESSCTL_URL: redis.url },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}
