import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { freePorts } from "../helpers/ports.js";
import { startServer } from "../helpers/server.js";

test("the bundled program reaches a master by its sentinels, which it loads only then", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "sessctl-sentinel-"));
  const [master = 0, port = 0] = await freePorts(2);
  const config = path.join(folder, "sentinel.conf");
  writeFileSync(config, `sentinel monitor main 127.0.0.1 ${master} 1\n`);
  const place = (on: number) => ["--bind", "127.0.0.1", "--port", String(on), "--dir", folder];
  const servers = [await startServer([...place(master), "--save", ""])];
  try {
    servers.push(await startServer([config, "--sentinel", ...place(port)], /\+monitor master main/));
    const sessions = createSessionStore({ redis: `redis://127.0.0.1:${master}` });
    const { session } = await sessions.create({ user: "alice" });
    await sessions.close();
    const { stdout, stderr } = await sessctl(["list", "-o", "id"], { url: `redis+sentinel://127.0.0.1:${port}/main` });
    expect({ stdout, stderr }).toEqual({ stdout: `${session.id}\n`, stderr: "" });
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
});
