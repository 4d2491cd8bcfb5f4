import { spawn } from "node:child_process";
import path from "node:path";

/** What one run of the built `sessctl` left behind. */
export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
}

/** What to run it with. */
export interface CliOptions {
  /** Of the Redis, as SESSCTL_URL. */
  readonly url?: string;
  /** Standard input; without it, it is at its end. */
  readonly stdin?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The folder to run it in. */
  readonly cwd?: string;
  /** Called with the running process, to send it signals. */
  readonly onStart?: (pid: number) => void;
  /** Called with what it says on standard error, as it says it. */
  readonly onStderr?: (text: string) => void;
}

/** The program that the package installs. */
export const program = path.resolve(import.meta.dirname, "../../bin/sessctl.js");

/** Variables that would change what a run shows. */
const unset = /^(SESSCTL_.*|NO_COLOR|FORCE_COLOR|NODE_OPTIONS)$/;

/** Runs the built `sessctl` on pipes until it ends. */
export function sessctl(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !unset.test(name)));
  const env = { ...inherited, ...(options.url === undefined ? {} : { SESSCTL_URL: options.url }), ...options.env };
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ["pipe", "pipe", "pipe"], cwd: options.cwd });
  options.onStart?.(child.pid ?? 0);
  // One that ends without reading its input is fine.
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.stdin ?? "");
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
    options.onStderr?.(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ stdout, stderr, exitCode }));
  });
}
