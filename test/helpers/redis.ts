import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { startServer } from "./server.js";

/** A private Redis server of one test file. */
export interface TestRedis {
  /** `redis+unix://` URL for the library and the command line. */
  readonly url: string;
  readonly socket: string;
  /** A client of the test's own, for looking underneath. */
  readonly client: Redis;
  readonly pid: number;
  /** Kills the process and starts another on the same files; resolves when the log says so, by default that it serves. */
  crash(says?: RegExp): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Redis on a Unix socket in a temporary folder; `stop` ends that process and removes the folder. */
export async function startRedis(extra: readonly string[] = []): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "sessctl-test-"));
  const socket = join(folder, "redis.sock");
  const args = ["--port", "0", "--unixsocket", socket, "--dir", folder, "--save", "", "--appendonly", "no", ...extra];
  let server = await startServer(args);
  const password = extra[extra.indexOf("--requirepass") + 1];
  const client = new Redis(socket, extra.includes("--requirepass") && password !== undefined ? { password } : {});
  client.on("error", () => undefined);
  return {
    url: `redis+unix://${socket}`,
    socket,
    client,
    get pid() {
      return server.pid;
    },
    async crash(says) {
      await server.stop("SIGKILL");
      server = await startServer(args, says);
    },
    async stop() {
      client.disconnect();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
