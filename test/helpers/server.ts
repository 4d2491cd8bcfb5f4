import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A running Redis server process. */
export interface ServerProcess {
  readonly pid: number;
  /** Sends the process a signal; ends it for good with `stop`. */
  signal(name: NodeJS.Signals): void;
  /** Ends the process, also one that is stopped or was killed before; SIGTERM unless told otherwise. */
  stop(name?: NodeJS.Signals): Promise<void>;
}

const ready = /ready to accept connections/i;

function serverProgram(): string {
  for (const name of ["redis-server", "valkey-server"]) {
    for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
      const file = join(folder, name);
      if (existsSync(file)) return file;
    }
  }
  throw new Error("no redis-server or valkey-server on the PATH; `npm test` installs one");
}

/** Starts a Redis server, and resolves when its log says so: that it serves, unless another line is waited for. */
export async function startServer(args: readonly string[], says: RegExp = ready): Promise<ServerProcess> {
  const child = spawn(serverProgram(), args, { stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let log = "";
    const read = (chunk: Buffer) => {
      log += chunk.toString();
      if (says.test(log)) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}:\n${log}`)));
  });
  return {
    pid: child.pid ?? 0,
    signal: (name) => child.kill(name),
    async stop(name = "SIGTERM") {
      child.kill("SIGCONT");
      child.kill(name);
      await ended;
      process.removeListener("exit", kill);
    },
  };
}
