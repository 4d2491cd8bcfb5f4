import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Starts a private Redis on a Unix socket; `stop` ends it and removes its folder. */
export async function startRedis() {
  const folder = mkdtempSync(path.join(tmpdir(), "sessctl-bench-"));
  const socket = path.join(folder, "redis.sock");
  const server = spawn("redis-server", ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]);
  await new Promise((resolve, reject) => {
    server.stdout.on("data", (chunk) => /ready to accept/i.test(String(chunk)) && resolve());
    server.once("error", reject);
  });
  return {
    socket,
    url: `redis+unix://${socket}`,
    stop() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
