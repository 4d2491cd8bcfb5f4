import { spawn } from "node:child_process";
import path from "node:path";

/** An application of examples/ that runs as a process of its own. */
export interface RunningExample {
  readonly origin: string;
  /** All that it has written so far. */
  readonly output: () => string;
  /** Asks it to end, as a supervisor would; resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `examples/<name>/app.js` on a free port against a Redis. */
export async function startExample(name: string, redisUrl: string): Promise<RunningExample> {
  const file = path.resolve(import.meta.dirname, "../../examples", name, "app.js");
  const env = { ...process.env, REDIS_URL: redisUrl, PORT: "0" };
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let output = "";
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (chunk: string) => {
      output += chunk;
      const url = /listening on (http:\S+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`examples/${name} ended with ${code}:\n${output}`)));
  });
  return {
    origin,
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      const code = await ended;
      process.removeListener("exit", kill);
      return code;
    },
  };
}
