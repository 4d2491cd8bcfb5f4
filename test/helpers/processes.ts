import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The ids of all processes whose command line has this text in it, those of this process itself left out. */
export function processesNaming(text: string): readonly number[] {
  return [...commandLines()].filter(([pid, line]) => pid !== process.pid && line.includes(text)).map(([pid]) => pid);
}

function* commandLines(): Iterable<readonly [number, string]> {
  // A small container has /proc but no ps; macOS the other way round.
  if (!existsSync("/proc/self/cmdline")) {
    for (const line of execFileSync("ps", ["-axo", "pid=,args="], { encoding: "utf8" }).split("\n")) {
      yield [Number.parseInt(line, 10), line];
    }
    return;
  }
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      yield [Number(name), readFileSync(`/proc/${name}/cmdline`, "utf8")];
    } catch {
      // It ended between the two readings.
    }
  }
}
