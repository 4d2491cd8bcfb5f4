// How fast a whole audit is, beside a walk that does nothing with what it reads, and how much memory it takes:
// node bench/audit.mjs [sizes…]     default 100000 1000000 2000000; the last takes minutes and 3 GB. Prints Markdown.
import path from "node:path";
import { createSessionStore } from "../dist/index.js";
import { median, rate } from "./lib/measure.mjs";
import { runForPeak } from "./lib/peak.mjs";
import { startRedis } from "./lib/redis-server.mjs";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100_000, 1_000_000, 2_000_000];
const rounds = 5;
const program = path.resolve(import.meta.dirname, "../bin/sessctl.js");
const scan = path.resolve(import.meta.dirname, "lib/scan-all.mjs");
const browsers = [
  "Chrome/154.0.0.0 Safari/537.36",
  "Chrome/153.0.0.0 Safari/537.36",
  "Firefox/157.0",
  "Version/26.2 Safari/605.1.15",
];
const systems = [
  "Windows NT 10.0; Win64; x64",
  "Macintosh; Intel Mac OS X 10_15_7",
  "X11; Linux x86_64",
  "Linux; Android 10; K",
];

console.log(
  "| audit, whole process, against SCAN + MGET of the same records | sessions a second | ratio (spread) | peak MB |",
);
console.log("| --- | ---: | ---: | ---: |");
const peaks = [];
for (const size of sizes) {
  process.stderr.write(`audit: ${size} sessions\n`);
  const redis = await startRedis();
  // Filling and measuring take longer than a usual idle window.
  const store = createSessionStore({ redis: redis.url, idleMs: 86_400_000, absoluteMs: 2 * 86_400_000 });
  try {
    await rate(size, 256, (n) =>
      store.create({
        user: `user${n % Math.ceil(size * 0.8)}@example.org`,
        client: clientOf(n % Math.ceil(size * 0.8)),
      }),
    );
    const results = [];
    for (let round = 0; round < rounds; round++) {
      const walk = await runForPeak([scan, redis.socket, "sc:*:session:*"], redis);
      const audit = await runForPeak([program, "audit", "--anomalies", "-q", "-o", "id"], redis);
      results.push({ walk: walk.ms, audit: audit.ms, peak: audit.peakMb });
    }
    const ratios = results.map(({ walk, audit }) => walk / audit);
    const peak = Math.max(...results.map((one) => one.peak));
    peaks.push(peak);
    const perSecond = Math.round(size / (median(results.map(({ audit }) => audit)) / 1000));
    const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    console.log(
      `| ${size.toLocaleString("en")} | ${perSecond.toLocaleString("en")} | **${median(ratios).toFixed(2)}** (${spread}) | ${peak.toFixed(0)} |`,
    );
  } finally {
    await store.close();
    redis.stop();
  }
}
console.log("");
console.log(
  "Targets at 1,000,000: a ratio of 0.6 or more, 450 MB or less; from 1 to 2 million memory grows 1.3 times or less.",
);
if (peaks.length > 1)
  console.log(`From the last but one to the last size it grew ${(peaks.at(-1) / peaks.at(-2)).toFixed(2)} times.`);

function clientOf(n) {
  const ip = `${1 + ((n * 7919) % 223)}.${n % 256}.${(n >> 8) % 256}.${(n >> 16) % 250}`;
  return {
    ip,
    userAgent: `Mozilla/5.0 (${systems[n % 4]}) AppleWebKit/537.36 (KHTML, like Gecko) ${browsers[(n >> 2) % 4]}`,
  };
}
