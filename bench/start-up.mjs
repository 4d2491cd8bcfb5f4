// How long commands take to start, against `node -e 0`: interleaved runs of whole processes, medians, and the spread; and
// `top` until its first frame, and until sessions are in it.
// node bench/start-up.mjs [rounds]     needs a build, and redis-server
import { spawnSync } from "node:child_process";
import path from "node:path";
import pty from "@lydell/node-pty";
import { createSessionStore } from "../dist/index.js";
import { median } from "./lib/measure.mjs";
import { ourSession } from "./lib/population.mjs";
import { startRedis } from "./lib/redis-server.mjs";

const rounds = Number(process.argv[2] ?? 15);
const program = path.resolve(import.meta.dirname, "../bin/sessctl.js");
const redis = await startRedis();
const env = { ...process.env, SESSCTL_URL: redis.url };

const runs = [
  { name: "node -e 0", take: () => whole("-e", "0") },
  { name: "sessctl --version", take: () => whole(program, "--version"), target: 1.3 },
  { name: "sessctl --help", take: () => whole(program, "--help"), target: 1.3 },
  { name: "sessctl list --user", take: () => whole(program, "list", "--user", "user7"), target: 2.2 },
  { name: "sessctl list", take: () => whole(program, "list") },
  { name: "sessctl show", take: () => whole(program, "show", "0000") },
  { name: "sessctl top, first frame", take: () => until(/layout native/), target: 4 },
  { name: "sessctl top, sessions", take: () => until(/\buser\d/) },
];

try {
  const sessions = createSessionStore({ redis: redis.url });
  for (let n = 0; n < 1000; n++) await sessions.create(ourSession(`user${n % 250}`));
  await sessions.close();
  report(await measure());
} finally {
  redis.stop();
}

/** Milliseconds of every run, by what was run; one of each in turn, so that a busy moment hits all alike. */
async function measure() {
  const times = new Map(runs.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const { name, take } of runs) {
      const ms = await take();
      // The first round warms the file cache.
      if (round >= 0) times.get(name).push(ms);
    }
  }
  return times;
}

function whole(...args) {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
  const ms = millisecondsSince(began);
  // 3: no session's id begins so.
  if (status !== 0 && !(status === 3 && args[1] === "show")) throw new Error(`${args.join(" ")}: ${status} ${stderr}`);
  return ms;
}

/** Until `top` has written this on a terminal. */
async function until(seen) {
  const began = process.hrtime.bigint();
  const screen = pty.spawn(process.execPath, [program, "top"], { name: "xterm-256color", cols: 120, rows: 40, env });
  const ended = new Promise((resolve) => screen.onExit(resolve));
  let output = "";
  const ms = await new Promise((resolve, reject) => {
    screen.onData((data) => {
      output += data;
      if (seen.test(output)) resolve(millisecondsSince(began));
    });
    void ended.then(() => reject(new Error(`top ended: ${output}`)));
  });
  screen.kill();
  await ended;
  return ms;
}

function millisecondsSince(began) {
  return Number(process.hrtime.bigint() - began) / 1e6;
}

function report(times) {
  const base = median(times.get("node -e 0"));
  console.log(`| start, ${rounds} rounds | median ms | min to max | against node | target |`);
  console.log("| --- | ---: | ---: | ---: | --- |");
  for (const { name, target } of runs) {
    const all = times.get(name);
    const spread = `${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)}`;
    const cells = [median(all).toFixed(1), spread, (median(all) / base).toFixed(2), target ? `≤ ${target}` : ""];
    console.log(`| \`${name}\` | ${cells.join(" | ")} |`);
  }
}
