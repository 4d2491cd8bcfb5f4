import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let id: string;
let token: string;

beforeAll(async () => {
  redis = await startRedis();
  const sessions = createSessionStore({ redis: redis.url });
  const issued = await sessions.create({
    user: "alice",
    client: { ip: "203.0.113.7", userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0" },
    data: { cart: ["book"], secret: "hunter2" },
  });
  id = issued.session.id;
  token = issued.token;
  await sessions.validate(token, { ip: "192.0.2.1", userAgent: "curl/8.5.0" });
  await sessions.close();
});

afterAll(() => redis.stop());

test("times, both lifetimes, clients with what changed, and the names of the data, but not its values", async () => {
  const { stdout, stderr, exitCode } = await sessctl(["show", id.slice(0, 8)], { url: redis.url });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(stdout).toMatch(new RegExp(`^id +${id}$`, "m"));
  expect(stdout).toMatch(/^user +alice$/m);
  expect(stdout).toMatch(/^flags +ua net$/m);
  expect(stdout).toMatch(/^idle end +\S+Z \(in (30m|29m\d+s)\)$/m);
  expect(stdout).toMatch(/^absolute end +\S+Z \(in (12h|11h59m)\)$/m);
  expect(stdout).toMatch(/203\.0\.113\.7 {2}Firefox 150 Linux/);
  expect(stdout).toMatch(/other network {2}other client\n +192\.0\.2\.1/);
  expect(stdout).toContain("cart (array of 1)");
  expect(stdout).toContain("secret (string of 7)");
  expect(stdout).not.toContain("hunter2");
  expect(stdout).not.toContain(token);
});

test("--data shows the values", async () => {
  const { stdout } = await sessctl(["show", id, "--data"], { url: redis.url });
  expect(stdout).toContain('cart: ["book"]');
  expect(stdout).toContain('secret: "hunter2"');
});

test("in JSON: every sighting, the data's keys, and the data only when asked for", async () => {
  const { stdout } = await sessctl(["show", id, "-o", "json"], { url: redis.url });
  const [session] = JSON.parse(stdout) as Record<string, unknown>[];
  expect(session).toMatchObject({
    id,
    user: "alice",
    sightings: [{ ip: "203.0.113.7" }, { ip: "192.0.2.1", userAgent: "curl/8.5.0" }],
    dataKeys: ["cart", "secret"],
  });
  expect(session).not.toHaveProperty("data");
  const withData = await sessctl(["show", id, "-o", "json", "--data"], { url: redis.url });
  expect(JSON.parse(withData.stdout)).toMatchObject([{ data: { cart: ["book"], secret: "hunter2" } }]);
});

test("one of two is missing: the other is shown, exit 5", async () => {
  const { stdout, stderr, exitCode } = await sessctl(["show", "ffffffff", id, "-o", "id"], { url: redis.url });
  expect({ stdout, stderr, exitCode }).toEqual({
    stdout: `${id}\n`,
    stderr: "no session has the id ffffffff\n",
    exitCode: 5,
  });
});

test("ids come from standard input too", async () => {
  const { stdout } = await sessctl(["show", "-", "-o", "id"], { url: redis.url, stdin: `\n  ${id}\r\n` });
  expect(stdout).toBe(`${id}\n`);
});
