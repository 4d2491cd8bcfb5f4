import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { startPrivateRedis } from "../../src/demo/server.js";

describe("the demo's Redis", () => {
  test("answers on a socket that only this user can reach, and is gone with its folder after stop", async () => {
    const redis = await startPrivateRedis();
    try {
      expect(statSync(redis.folder).mode & 0o777).toBe(0o700);
      const client = new Redis(redis.url.slice("redis+unix://".length));
      expect(await client.ping()).toBe("PONG");
      expect(await client.config("GET", "port")).toEqual(["port", "0"]);
      await client.quit();
    } finally {
      await redis.stop();
    }
    expect(existsSync(redis.folder)).toBe(false);
    expect(() => process.kill(redis.pid, 0)).toThrow("ESRCH");
  });

  test("says what to install when there is no redis-server", async () => {
    const empty = mkdtempSync(path.join(tmpdir(), "sessctl-path-"));
    const before = process.env["PATH"];
    process.env["PATH"] = empty;
    try {
      await expect(startPrivateRedis()).rejects.toMatchObject({
        code: "unsupported",
        hint: expect.stringContaining("apt-get install redis-server") as string,
      });
    } finally {
      process.env["PATH"] = before;
      rmSync(empty, { recursive: true });
    }
  });
});
