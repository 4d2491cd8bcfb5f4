import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Redis } from "ioredis";

/** A private Redis server of one test file. */
export interface TestRedis {
  /** `redis+unix://` URL for the library and the command line. */
  readonly url: string;
  readonly socket: string;
  /** A client of the test's own, for looking underneath. */
  readonly client: Redis;
  readonly pid: number;
  stop(): Promise<void>;
}

function serverProgram(): string {
  for (const name of ["redis-server", "valkey-server"]) {
    for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
      const file = join(folder, name);
      if (existsSync(file)) return file;
    }
  }
  throw new Error("no redis-server or valkey-server on the PATH; `npm test` installs one");
}

/** Starts a Redis on a Unix socket in a temporary folder; `stop` ends that process and removes the folder. */
export async function startRedis(extra: readonly string[] = []): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "sessctl-test-"));
  const socket = join(folder, "redis.sock");
  const child = spawn(
    serverProgram(),
    ["--port", "0", "--unixsocket", socket, "--dir", folder, "--save", "", "--appendonly", "no", ...extra],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let log = "";
    const read = (chunk: Buffer) => {
      log += chunk.toString();
      if (/ready to accept connections/i.test(log)) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}:\n${log}`)));
  });
  const password = extra[extra.indexOf("--requirepass") + 1];
  const client = new Redis(socket, extra.includes("--requirepass") && password !== undefined ? { password } : {});
  client.on("error", () => undefined);
  return {
    url: `redis+unix://${socket}`,
    socket,
    client,
    pid: child.pid ?? 0,
    async stop() {
      client.disconnect();
      child.kill("SIGCONT");
      child.kill("SIGTERM");
      await ended;
      process.removeListener("exit", kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
