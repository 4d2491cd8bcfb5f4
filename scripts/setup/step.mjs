// How a step of the set-up runs a program, says what it does, and fails.
import { spawnSync } from "node:child_process";

/** A failure that a person can do something about; anything else thrown is a bug of the set-up. */
export class SetupError extends Error {}

/** Says on standard error what is being done; only steps that do something say so. */
export function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

/** Runs a program to its end, its output kept back. `output` is both streams; `code` is null when it could not start. */
export function run(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  return { code: error ? null : (status ?? 1), output: `${stdout ?? ""}${stderr ?? ""}`.trim() };
}

/** The end of a program's output, indented, for an error message. */
export function tail(output, lines = 12) {
  return output
    .split("\n")
    .slice(-lines)
    .map((line) => `  ${line}`)
    .join("\n");
}
