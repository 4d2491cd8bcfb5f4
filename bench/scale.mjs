// How costs grow with the number of sessions, beside connect-redis and what one does without sessctl on the same Redis:
// node bench/scale.mjs [sizes…]     default 10000 100000 1000000; the last takes minutes and 2 GB. Prints tables in Markdown.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { RedisStore } from "connect-redis";
import { createClient } from "redis";
import { createSessionStore, openDirectory } from "../dist/index.js";
import { cpuOf, median, rate } from "./lib/measure.mjs";
import { ourSession, theirId, theirSession } from "./lib/population.mjs";
import { startRedis } from "./lib/redis-server.mjs";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000, 1_000_000];
const rounds = 7;
const program = path.resolve(import.meta.dirname, "../bin/sessctl.js");
const scan = path.resolve(import.meta.dirname, "lib/scan-user.mjs");

/** One line for each thing measured, one column for each size. */
const table = new Map();

for (const size of sizes) {
  process.stderr.write(`scale: ${size} sessions\n`);
  const redis = await startRedis();
  const admin = await createClient({ socket: { path: redis.socket } }).connect();
  const store = createSessionStore({ redis: redis.url });
  const directory = openDirectory({ redis: redis.url, commandTimeoutMs: 60_000 });
  try {
    await measure(size, { redis, admin, store, directory });
  } finally {
    await Promise.all([store.close(), directory.close()]);
    admin.destroy();
    redis.stop();
  }
}

console.log(
  `| how costs grow, one user in ten has two sessions | ${sizes.map((size) => size.toLocaleString("en")).join(" | ")} | target |`,
);
console.log(`| --- | ${sizes.map(() => "---:").join(" | ")} | --- |`);
for (const [name, { cells, target }] of table) console.log(`| ${name} | ${cells.join(" | ")} | ${target} |`);

async function measure(size, { redis, admin, store, directory }) {
  const used = async () => Number(/used_memory:(\d+)/.exec(await admin.info("memory"))[1]);
  const theirs = new RedisStore({ client: admin });
  const userOf = (n) => `user${n % Math.ceil((size * 10) / 11)}`;

  const empty = await used();
  let token;
  await rate(size, 64, async (n) => {
    const issued = await store.create(ourSession(userOf(n)));
    if (n === 7) token = issued.token;
  });
  const ours = await used();
  await rate(size, 64, (n) => theirs.set(theirId(n), theirSession(userOf(n))));
  const all = await used();
  add("bytes a session, indexes and the events kept included", Math.round((ours - empty) / size), "");
  add("the same against connect-redis", ((ours - empty) / (all - ours)).toFixed(2), "≤ 1.3 at 1,000,000");

  const { userAgent, ip } = ourSession("").client;
  add("validate, ms", await ms(() => store.validate(token, { userAgent, ip })), "");
  add("count and the 500 most recent, as `top` asks for them, ms", await ms(() => look(directory)), "");
  add("the same, CPU of Redis and client, ms", await cpu(admin, () => look(directory)), "≤ 2 times from 10,000");
  add(
    "find by the first 8 characters of an id, ms",
    await ms(async () => directory.find((await directory.recent(1))[0].id.slice(0, 8))),
    "",
  );
  const user = "user3";
  const list = processMs([program, "list", "--user", user], redis);
  const newest = processMs([program, "list", "--limit", "50"], redis);
  add("`sessctl list --user`, process, ms", list.toFixed(0), "");
  const byScan = processMs([scan, redis.socket, user], redis, 3);
  add("SCAN + MGET for the same on ioredis, against it", (byScan / list).toFixed(1), "≥ 20 at 1,000,000");
  add(
    "SCAN + MGET for the newest 50, against `sessctl list`",
    (processMs([scan, redis.socket], redis, 3) / newest).toFixed(1),
    "≥ 20 at 1,000,000",
  );

  let next = 10;
  add("revoke one user, ms", await ms(() => store.revokeUser(`user${next++}`), 200), "≤ 1.2 times from 10,000");
  const cutoff = await once(() => directory.cutoff(Date.now() + 1));
  const refused = await store.validate(token, { userAgent, ip });
  if (refused.ok) throw new Error("a session is valid after the cutoff");
  add("revoke all, until every one is refused, ms", cutoff.toFixed(1), "");
  // With very many sessions it puts more keys into one call than the engine's stack takes.
  const clear = await once(() => theirs.clear()).catch((error) => error);
  add(
    "connect-redis `clear()`, against it",
    clear instanceof Error ? `fails: ${clear.message}` : (clear / cutoff).toFixed(0),
    "≥ 100 at 1,000,000",
  );
  add("sweep the revoked, µs each", (((await once(() => store.sweep())) * 1000) / size).toFixed(1), "");
}

function add(name, cell, target) {
  const row = table.get(name) ?? { cells: [], target };
  row.cells.push(cell);
  table.set(name, row);
}

async function look(directory) {
  const now = Date.now();
  await Promise.all([directory.count([now - 60_000, now - 300_000]), directory.recent(500)]);
}

/** Milliseconds that work takes once. */
async function once(work) {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e6;
}

/** Median milliseconds of several runs, after one that warms up. */
async function ms(work, runs = rounds) {
  const times = [];
  for (let round = -1; round < runs; round++) {
    const time = await once(work);
    if (round >= 0) times.push(time);
  }
  return median(times).toFixed(1);
}

/** CPU of Redis and this process together for one run, ms, over several. */
async function cpu(admin, work) {
  const before = [await cpuOf(admin), process.cpuUsage()];
  for (let round = 0; round < rounds; round++) await work();
  const { user, system } = process.cpuUsage(before[1]);
  return ((((await cpuOf(admin)) - before[0]) * 1000 + (user + system) / 1000) / rounds).toFixed(1);
}

/** Median milliseconds of a whole process. */
function processMs(args, { url }, times = 5) {
  const all = Array.from({ length: times }, () => {
    const began = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      env: { ...process.env, SESSCTL_URL: url },
    });
    if (status !== 0) throw new Error(`${args.join(" ")}: ${status} ${stderr}`);
    return Number(process.hrtime.bigint() - began) / 1e6;
  });
  return median(all);
}
