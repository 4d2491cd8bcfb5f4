import { spawn } from "node:child_process";

/** Has a process say at its end how large it was, KiB. */
const tellPeak = `data:text/javascript,${encodeURIComponent(
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(2, `peak ${process.resourceUsage().maxRSS}\\n`));',
)}`;

/**
 * Runs a program of Node to its end: how long it took (ms), its greatest resident size (MB), and the lines it wrote.
 * `pauseMs`: a reader that takes 64 KiB and then waits so long, again and again.
 */
export async function runForPeak(args, { url }, { pauseMs = 0 } = {}) {
  const began = process.hrtime.bigint();
  const child = spawn(process.execPath, ["--import", tellPeak, ...args], {
    env: { ...process.env, SESSCTL_URL: url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
  const ended = new Promise((resolve) => child.once("close", resolve));
  let lines = 0;
  for await (const chunk of child.stdout) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  const status = await ended;
  const peak = /peak (\d+)/.exec(errors)?.[1];
  if (status !== 0 || peak === undefined) throw new Error(`${args.join(" ")}: ${status} ${errors}`);
  return { ms: Number(process.hrtime.bigint() - began) / 1e6, peakMb: Number(peak) / 1024, lines };
}
