// How much memory a list of every session takes, in each form for programs, and how long its first line takes:
// node bench/list.mjs [sizes…]     default 20000 120000 500000 1000000; the last takes minutes and 2 GB. Prints Markdown.
import path from "node:path";
import { createClient } from "redis";
import { createSessionStore } from "../dist/index.js";
import { rate } from "./lib/measure.mjs";
import { runForPeak } from "./lib/peak.mjs";
import { ourSession, theirId, theirSession } from "./lib/population.mjs";
import { startRedis } from "./lib/redis-server.mjs";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [20_000, 120_000, 500_000, 1_000_000];
const program = path.resolve(import.meta.dirname, "../bin/sessctl.js");
const layouts = { native: ["--layout", "native"], "connect-redis": ["--layout", "connect-redis", "--scan-rate", "0"] };
/** What a reader waits between two pieces of 64 KiB: a tenth of a second for what takes a thousandth to write. */
const slowly = { pauseMs: 5 };
const dayMs = 86_400_000;

/** One line for each thing measured, one column for each size. */
const table = new Map();
const redis = await startRedis();
const store = createSessionStore({ redis: redis.url, idleMs: dayMs, absoluteMs: dayMs, commandTimeoutMs: 3_600_000 });
const client = await createClient({ socket: { path: redis.socket } }).connect();
try {
  let filled = 0;
  for (const size of sizes) {
    process.stderr.write(`list: ${size} sessions\n`);
    const from = filled;
    await rate(size - from, 256, (n) => store.create(ourSession(`user${(from + n) % 9_000}`)));
    await rate(size - from, 256, (n) =>
      client.set(`sess:${theirId(from + n)}`, JSON.stringify(theirSession(`user${n % 9_000}`)), { EX: dayMs / 1000 }),
    );
    filled = size;
    for (const layout of Object.keys(layouts)) {
      for (const output of ["ndjson", "csv", "id"]) await measure(size, layout, output);
      await measure(size, layout, "ndjson", slowly);
    }
  }
} finally {
  await store.close();
  client.destroy();
  redis.stop();
}
console.log(
  `| \`sessctl list --limit 0\`, peak MB of the process (s) | ${sizes.map((size) => size.toLocaleString("en")).join(" | ")} |`,
);
console.log(`| --- | ${sizes.map(() => "---:").join(" | ")} |`);
for (const [name, cells] of table) console.log(`| ${name} | ${cells.join(" | ")} |`);

async function measure(size, layout, output, reader = {}) {
  const args = [program, "list", "--limit", "0", "-q", "--timeout", "1h", "-o", output, ...layouts[layout]];
  const { ms, peakMb, lines } = await runForPeak(args, redis, reader);
  if (lines !== size + (output === "csv" ? 1 : 0)) throw new Error(`${args.join(" ")}: ${lines} lines`);
  const name = `${layout}, \`-o ${output}\`${reader === slowly ? ", to a slow reader" : ""}`;
  const cell = `${peakMb.toFixed(0)} (${(ms / 1000).toFixed(1)})`;
  process.stderr.write(`list: ${size}, ${name}: ${cell}\n`);
  table.set(name, [...(table.get(name) ?? []), cell]);
}
