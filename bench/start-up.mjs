// How long commands take to start, against `node -e 0`: interleaved runs of whole processes, medians, and the spread.
// node bench/start-up.mjs [rounds]     needs a build, and redis-server for `list --user`
import { spawnSync } from "node:child_process";
import path from "node:path";
import { createSessionStore } from "../dist/index.js";
import { median } from "./lib/measure.mjs";
import { startRedis } from "./lib/redis-server.mjs";

const rounds = Number(process.argv[2] ?? 15);
const program = path.resolve(import.meta.dirname, "../bin/sessctl.js");
const redis = await startRedis();
const { url } = redis;

try {
  const sessions = createSessionStore({ redis: url });
  for (let n = 0; n < 1000; n++) await sessions.create({ user: `user${n % 250}`, client: { userAgent: "curl/8" } });
  await sessions.close();
  report(measure());
} finally {
  redis.stop();
}

/** Milliseconds of every run, by what was run; one of each in turn, so that a busy moment hits all alike. */
function measure() {
  const runs = {
    "node -e 0": ["-e", "0"],
    "sessctl --version": [program, "--version"],
    "sessctl --help": [program, "--help"],
    "sessctl list --user": [program, "list", "--user", "user7"],
    "sessctl list": [program, "list"],
    "sessctl show": [program, "show", "0000"],
  };
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, args] of Object.entries(runs)) {
      const began = process.hrtime.bigint();
      const { status, stderr } = spawnSync(process.execPath, args, {
        encoding: "utf8",
        env: { ...process.env, SESSCTL_URL: url },
      });
      const ms = Number(process.hrtime.bigint() - began) / 1e6;
      if (status !== 0 && !(status === 3 && name.endsWith("show"))) throw new Error(`${name}: ${status} ${stderr}`);
      // The first round warms the file cache.
      if (round >= 0) times[name].push(ms);
    }
  }
  return times;
}

function report(times) {
  const base = median(times["node -e 0"]);
  console.log(`| whole process, ${rounds} rounds | median ms | min to max | against node |`);
  console.log("| --- | ---: | ---: | ---: |");
  for (const [name, all] of Object.entries(times)) {
    const spread = `${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)}`;
    console.log(`| \`${name}\` | ${median(all).toFixed(1)} | ${spread} | ${(median(all) / base).toFixed(2)} |`);
  }
}
