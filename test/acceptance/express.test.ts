import { afterAll, beforeAll, expect, it } from "vitest";
import { Browser } from "../helpers/browser.js";
import { sessctl } from "../helpers/cli.js";
import { type RunningExample, startExample } from "../helpers/example.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

let redis: TestRedis;
let example: RunningExample;

beforeAll(async () => {
  redis = await startRedis();
  example = await startExample("express", redis.url);
});
afterAll(async () => {
  await example.stop();
  await redis.stop();
});

it("an operator sees both sessions of a user of examples/express, revokes them, and both browsers are logged out", async () => {
  const jars = [new Browser(example.origin, "curl/8.5.0"), new Browser(example.origin, "Wget/1.24")];
  for (const jar of jars) {
    await jar.post("/login", { user: "alice", password: "wonderland" });
    expect((await jar.get("/profile")).text).toContain("alice has");
  }
  const bob = new Browser(example.origin);
  await bob.post("/login", { user: "bob", password: "builder" });

  const list = await sessctl(["list", "--user", "alice", "-o", "json"], { url: redis.url });
  expect(list.exitCode).toBe(0);
  const sessions = JSON.parse(list.stdout) as { readonly user: string }[];
  expect(sessions.map(({ user }) => user)).toEqual(["alice", "alice"]);
  for (const jar of [...jars, bob]) {
    expect(list.stdout).not.toContain([...jar.cookies.values()][0]?.slice(2));
  }

  const revoke = await sessctl(["revoke", "--user", "alice", "--yes"], { url: redis.url });
  expect(revoke).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("2 sessions") });

  for (const jar of jars) {
    const page = await jar.get("/profile");
    expect(page.status).toBe(303);
    expect(page.headers.get("location")).toBe("/");
    expect(jar.cookies.size).toBe(0);
  }
  expect((await bob.get("/profile")).text).toContain("bob has");
});
