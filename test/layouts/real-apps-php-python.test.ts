import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Application, startApplication } from "../../scripts/fixtures/application.mjs";
import { debianPackages, fromPip, type Writer, writers } from "../../scripts/fixtures/writers.mjs";
import { layoutNamed } from "../../src/layouts/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

/** How an application's sessions are told to sessctl. */
interface Applied {
  readonly layout: string;
  readonly options?: readonly string[];
  /** What the application calls its user `u1`. */
  readonly user?: string;
  /** Whether a request that is under way while its session is revoked fails to bring it back. */
  readonly staysDead?: boolean;
}

const applied: Readonly<Record<string, Applied>> = {
  php: { layout: "php" },
  "php-serialize": { layout: "php" },
  "php-binary": { layout: "php" },
  "php-locking": { layout: "php", staysDead: true },
  laravel: { layout: "laravel", options: ["--prefix", "laravel_database_laravel_cache:"] },
  "django-redis": { layout: "django", user: "1", staysDead: true },
  "django-redis-json": { layout: "django", user: "1", staysDead: true },
  "django-redis-zlib": { layout: "django", user: "1", staysDead: true },
  "flask-session-0.3": { layout: "flask-session" },
  django: { layout: "django", user: "1", staysDead: true },
  "flask-session": { layout: "flask-session" },
  "flask-session-json": { layout: "flask-session" },
};

/** The versions here; `undefined` where a framework is not installed, as on a machine without PHP or Django. */
function versionsOf(writer: Writer): string | undefined {
  try {
    return Object.entries(writer.versions()).flat().join(" ");
  } catch {
    return undefined;
  }
}

const missing = `not installed here: apt-get install --no-install-recommends ${debianPackages.join(" ")}`;

for (const [name, writer] of Object.entries({ ...writers, ...fromPip })) {
  const how = applied[name];
  if (how === undefined) continue;
  const versions = versionsOf(writer);

  describe.skipIf(versions === undefined)(`a real application, ${name}: ${versions ?? missing}`, () => {
    let redis: TestRedis;
    let application: Application;
    const user = how.user ?? "u1";
    const run = (...args: readonly string[]) =>
      sessctl([...args, "--layout", how.layout, ...(how.options ?? [])], { url: redis.url });

    beforeAll(async () => {
      redis = await startRedis();
      application = await startApplication(writer, redis.socket);
    });
    afterAll(async () => {
      await application.stop();
      await redis.stop();
    });
    beforeEach(() => redis.client.flushall());

    it("its sessions are listed by user; revoked, their cookies are dead, and the others live", async () => {
      const cookies = [await application.login("u1"), await application.login("u1")];
      const other = await application.login("u2");
      const listed = await run("list", "--user", user, "-o", "id");
      expect(listed.stdout.trim().split("\n")).toHaveLength(2);

      expect(await run("revoke", "--user", user, "--yes")).toMatchObject({ exitCode: 0 });
      for (const cookie of cookies) expect(await application.whoIs(cookie)).toBeUndefined();
      expect(await application.whoIs(other)).not.toBeUndefined();
      expect((await run("list", "--user", user, "-o", "id")).stdout).toBe("");
    });

    it(`a request that is under way ${how.staysDead === true ? "cannot bring its session back" : "brings its session back"}`, async () => {
      const cookie = await application.login("u1");
      const late = application.visit("/wait", cookie);
      await vi.waitFor(async () => expect(await redis.client.info("clients")).toContain("blocked_clients:1"), 10_000);
      expect(await run("revoke", "--user", user, "--yes")).toMatchObject({ exitCode: 0 });
      await redis.client.lpush("go-on", "1");
      await late;
      expect(await application.whoIs(cookie)).toBe(how.staysDead === true ? undefined : user);
    });

    it("an end that was brought forward lasts as long as the layout says", async () => {
      const cookie = await application.login("u1");
      const [key = ""] = await redis.client.keys("*");
      expect(await run("expire", "--user", user, "--in", "100s", "--yes")).toMatchObject({ exitCode: 0 });
      expect(await redis.client.pttl(key)).toBeLessThanOrEqual(100_000);

      expect(await application.whoIs(cookie)).toBe(user);
      const lasts = (await redis.client.pttl(key)) <= 100_000;
      expect(lasts).toBe(layoutNamed(how.layout).capabilities.expire === "lasting");
    });
  });
}
