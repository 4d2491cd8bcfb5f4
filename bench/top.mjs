// What `sessctl top` costs: the whole program on a terminal with live requests, at its usual interval, and one frame of it.
// node bench/top.mjs [sizes…]     default 10000 1000000; the last takes minutes and 1 GB. Prints tables in Markdown. Linux.
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pty from "@lydell/node-pty";
import { createClient } from "redis";
import { createSessionStore } from "../dist/index.js";
import { cpuOf, median, rate } from "./lib/measure.mjs";
import { ourSession } from "./lib/population.mjs";
import { startRedis } from "./lib/redis-server.mjs";
import { frameTimes } from "./lib/frame-times.mjs";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 1_000_000];
const program = path.resolve(import.meta.dirname, "../bin/sessctl.js");
const rounds = 5;
const roundMs = 10_000;
/** Ticks of the scheduler in a second, in which Linux counts the CPU of a process. */
const ticksPerSecond = 100;

console.log(
  "| `sessctl top` at 120×40 and 2 s, share of a core | Redis for it | client | both against the first | target |",
);
console.log("| --- | ---: | ---: | ---: | --- |");
let first;
for (const size of sizes) {
  const { redis, client } = await measured(size);
  const both = median(redis) + median(client);
  first ??= both;
  const cells = [shares(redis), shares(client), (both / first).toFixed(2)];
  console.log(`| ${size.toLocaleString("en")} sessions | ${cells.join(" | ")} | ≤ 3 %, ≤ 15 %, ≤ 2 |`);
}

console.log("\n| a frame in which every row changed | median ms | min to max |");
console.log("| --- | ---: | ---: |");
for (const { columns, rows, times } of await frameTimes()) {
  const spread = `${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)}`;
  console.log(`| ${columns}×${rows} | ${median(times).toFixed(1)} | ${spread} |`);
}

/** Shares of a core that Redis and the client take for the screen, over several rounds: Redis's without what the requests cost. */
async function measured(size) {
  process.stderr.write(`top: ${size} sessions\n`);
  const redis = await startRedis();
  const admin = await createClient({ socket: { path: redis.socket } }).connect();
  const store = createSessionStore({ redis: redis.url });
  const tokens = [];
  await rate(size, 64, async (n) => {
    const { token } = await store.create(ourSession(`user${n % Math.ceil((size * 10) / 11)}`));
    if (n < 200) tokens.push(token);
  });
  const { ip, userAgent } = ourSession("").client;
  let next = 0;
  const traffic = setInterval(() => void store.validate(tokens[next++ % tokens.length], { ip, userAgent }), 20);
  const redisShare = async () => {
    const before = await cpuOf(admin);
    await wait(roundMs);
    return ((await cpuOf(admin)) - before) / (roundMs / 1000);
  };
  try {
    const without = [];
    for (let round = 0; round < 3; round++) without.push(await redisShare());
    const screen = pty.spawn(process.execPath, [program, "top"], {
      cols: 120,
      rows: 40,
      env: { ...process.env, CI: "false", TERM: "xterm-256color", SESSCTL_URL: redis.url },
    });
    let seen = "";
    await new Promise((resolve) => {
      screen.onData((data) => (seen = (seen + data).slice(-20_000)).includes("op/s") && resolve());
    });
    await wait(4000);
    const shares = { redis: [], client: [] };
    for (let round = 0; round < rounds; round++) {
      const before = cpuTicks(screen.pid);
      shares.redis.push((await redisShare()) - median(without));
      shares.client.push((cpuTicks(screen.pid) - before) / ticksPerSecond / (roundMs / 1000));
    }
    screen.write("q");
    return shares;
  } finally {
    clearInterval(traffic);
    await store.close();
    admin.destroy();
    redis.stop();
  }
}

function cpuTicks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

function shares(list) {
  const percent = (share) => (share * 100).toFixed(1);
  return `${percent(median(list))} % (${percent(Math.min(...list))} to ${percent(Math.max(...list))})`;
}
