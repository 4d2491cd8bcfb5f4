// Runs every bench and writes bench/results.md: `npm run bench`. Takes half an hour; a busy machine shows in the spreads.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

const benches = ["start-up", "store", "scale", "list", "top", "audit"];

const sections = benches.map((name) => {
  process.stderr.write(`bench: ${name}\n`);
  const { status, stdout } = spawnSync(process.execPath, [`bench/${name}.mjs`], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`bench/${name}.mjs ended with ${status}`);
  return stdout.trim();
});

const [cpu] = cpus();
const machine = `${cpus().length} × ${cpu?.model ?? "an unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
const redis = /v=(\S+)/.exec(spawnSync("redis-server", ["--version"], { encoding: "utf8" }).stdout)?.[1];
writeFileSync(
  "bench/results.md",
  [
    "# Results",
    "",
    `Made by \`npm run bench\` on ${machine}, Node ${process.versions.node}, Redis ${redis}. Ratios of one run on one machine,`,
    "interleaved, medians with their spread: absolute times on shared machines mean nothing.",
    "",
    sections.join("\n\n"),
    "",
  ].join("\n"),
);
process.stdout.write(`${sections.join("\n\n")}\n`);
