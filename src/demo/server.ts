import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SessctlError } from "../core/errors.js";

/** A Redis of our own, that nobody else can reach. */
export interface PrivateRedis {
  /** `redis+unix://…`, for the library and the command line. */
  readonly url: string;
  readonly pid: number;
  /** The folder with its socket and nothing else. */
  readonly folder: string;
  /** Ends the server, waits until it has, and removes its folder. */
  stop(): Promise<void>;
}

const programs = ["redis-server", "valkey-server"];

/**
 * Starts a Redis on a socket in a temporary folder that only this user can enter; it keeps nothing on disk. Should this
 * process end without `stop`, on an error or by `process.exit`, the server and the folder go with it.
 */
export async function startPrivateRedis(): Promise<PrivateRedis> {
  const program = serverProgram();
  const folder = mkdtempSync(path.join(tmpdir(), "sessctl-demo-"));
  const socket = path.join(folder, "redis.sock");
  const options = ["--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", folder];
  // In a process group of its own: Ctrl-C is for us, who then end it when everything else is closed.
  const child = spawn(program, [...options, "--save", "", "--appendonly", "no"], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const killNow = () => {
    child.kill("SIGKILL");
    remove();
  };
  process.once("exit", killNow);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    process.removeListener("exit", killNow);
    remove();
  };
  try {
    await ready(child);
  } catch (error) {
    await stop();
    throw new SessctlError("unavailable", `${program} did not start: ${String(error)}`, {
      hint: `Run it by hand to see why: ${program} --port 0`,
    });
  }
  return { url: `redis+unix://${socket}`, pid: child.pid ?? 0, folder, stop };
}

function ready(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = "";
    const read = (chunk: Buffer) => {
      if (log.length < 10_000) log += chunk.toString();
      if (/ready to accept connections/i.test(log)) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", reject);
    child.once("exit", (code, signal) => reject(new Error(`it ended with ${signal ?? code}\n${log.trim()}`)));
  });
}

function serverProgram(): string {
  for (const name of programs) {
    for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here: the next folder.
      }
    }
  }
  throw new SessctlError("unsupported", "the demo needs a redis-server, and there is none on the PATH", {
    hint: "Install one: apt-get install redis-server, brew install redis, dnf install redis or apk add redis.",
  });
}
