import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessctl } from "../helpers/cli.js";
import { type Fixture, putKeys } from "../helpers/fixture.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";
import django from "../layouts/fixtures/django-redis.json" with { type: "json" };
import flask from "../layouts/fixtures/flask-session.json" with { type: "json" };
import encrypted from "../layouts/fixtures/laravel-encrypted.json" with { type: "json" };
import laravel from "../layouts/fixtures/laravel.json" with { type: "json" };
import written from "../layouts/fixtures/php-values.json" with { type: "json" };
import php from "../layouts/fixtures/php.json" with { type: "json" };

const fixtures: readonly Fixture[] = [php, django, flask, laravel, encrypted];
const laravelPrefix = ["--layout", "laravel", "--prefix", "laravel_database_laravel_cache:"];

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
  for (const { keys } of fixtures) await putKeys(redis.client, keys, Date.now());
});
afterAll(() => redis.stop());

const run = (...args: string[]) => sessctl(args, { url: redis.url });

interface Listed {
  readonly id: string;
  readonly user: string | null;
  readonly lastSeenAt: string | null;
  readonly idleEndsAt: string;
  readonly corrupt: string | null;
}
async function listed(...args: string[]): Promise<Listed[]> {
  return JSON.parse((await run("list", "-o", "json", ...args)).stdout) as Listed[];
}

describe("another framework's sessions, by the command line", () => {
  it.each([
    ["php", ["--layout", "php"], [null, "u1", "u2"]],
    ["django", ["--layout", "django"], ["1", "2"]],
    ["flask-session", ["--layout", "flask-session"], ["u1", "u2"]],
    ["laravel", laravelPrefix, [null, null, null, null, "u1", "u2"]],
  ])("list tells who has those of %s", async (_, options, users) => {
    const found = (await listed(...options)).map(({ user }) => user);
    expect(found.toSorted((a, b) => (a ?? "").localeCompare(b ?? ""))).toEqual(users);
  });

  it("last activity is told once --idle says the window, and not before", async () => {
    const options = ["--layout", "php", "--user", "u1"];
    expect((await listed(...options))[0]?.lastSeenAt).toBeNull();
    const [session] = await listed(...options, "--idle", "24m");
    const seen = Date.parse(session?.lastSeenAt ?? "");
    expect(Date.parse(session?.idleEndsAt ?? "") - seen).toBe(24 * 60_000);
    expect((await listed("--layout", "php", "--idle", "24m", "--active", "1h")).length).toBe(3);
  });

  it("--map says where an application keeps its user", async () => {
    expect((await listed("--layout", "django", "--map", "user=_auth_user_backend"))[0]?.user).toBe(
      "django.contrib.auth.backends.ModelBackend",
    );
    expect((await listed("--layout", "php", "--user", "1", "--map", "user=visits")).length).toBe(2);
  });

  it("a filter reaches into what was decoded", async () => {
    const { stdout } = await run(
      "list",
      "--layout",
      "flask-session",
      "--where",
      'data.cart[0].price > 9.0 && user == "u2"',
      "-o",
      "id",
    );
    expect(stdout.trim().split("\n")).toHaveLength(1);
  });

  it("show tells the data of a session, values with --data only", async () => {
    const [session] = await listed("--layout", "php", "--user", "u1");
    const keys = await run("show", session?.id ?? "", "--layout", "php");
    expect(keys.stdout).toMatch(/^user +u1$/m);
    expect(keys.stdout).toMatch(/cart/);
    expect(keys.stdout).not.toContain("é|1");
    expect((await run("show", session?.id ?? "", "--layout", "php", "--data")).stdout).toContain(
      '[{"sku":"é|1","price":9.5}]',
    );
  });

  it("what cannot be read is told with the reason, by list and show", async () => {
    const unread = (await listed(...laravelPrefix)).filter(({ corrupt }) => corrupt !== null);
    expect(unread.map(({ corrupt }) => corrupt)).toEqual(["encrypted", "encrypted", "encrypted"]);
    const shown = await run("show", unread[0]?.id ?? "", ...laravelPrefix);
    expect(shown.stdout).toMatch(/^corrupt +encrypted$/m);
  });

  it("an audit says what it could not look at", async () => {
    const { stdout, stderr, exitCode } = await run("audit", "--layout", "php");
    expect(exitCode).toBe(0);
    expect(stdout + stderr).toMatch(/^hijack could not run: layout php does not keep the clients before the last$/m);
  });

  it("objects of PHP's are told by their class and fields, and their user is found", async () => {
    const value = Buffer.from(written.values["session php"], "hex");
    await redis.client.set("PHPREDIS_SESSION:objects0000000000000000", value, "EX", 600);
    await redis.client.set("PHPREDIS_SESSION:objects0000000000000001", 'user|O:1:"U":1:{s:2:"id";i:5;}', "EX", 600);
    const { stdout } = await run("list", "--layout", "php", "--where", 'data.object["$class"] == "Person"', "-o", "id");
    const [id = ""] = stdout.split("\n");
    expect((await run("show", id, "--layout", "php", "--data")).stdout).toContain('"$class":"Person","name":"Ada"');
    expect(await listed("--layout", "php", "--user", "5")).toHaveLength(1);
  });

  it("a revocation by user ends that user's, and a dry run none", async () => {
    const all = (await listed("--layout", "django")).length;
    const dry = await run("revoke", "--layout", "django", "--user", "1", "--dry-run");
    expect(dry.stderr + dry.stdout).toContain("would end 1 session");
    expect(await listed("--layout", "django")).toHaveLength(all);
    expect(await run("revoke", "--layout", "django", "--user", "1", "--yes")).toMatchObject({ exitCode: 0 });
    expect((await listed("--layout", "django")).map(({ user }) => user)).toEqual(["2"]);
    // Its cache is none of ours.
    expect(await redis.client.exists(":1:users", ":1:hits")).toBe(2);
  });
});
