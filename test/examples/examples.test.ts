import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Browser } from "../helpers/browser.js";
import { type RunningExample, startExample } from "../helpers/example.js";
import { startRedis, type TestRedis } from "../helpers/redis.js";

const right = { user: "alice", password: "wonderland" };

describe.each(["express", "fastify", "express-session"])("examples/%s, run as its reader runs it", (name) => {
  let redis: TestRedis;
  let example: RunningExample;
  let laptop: Browser;
  let phone: Browser;

  beforeEach(async () => {
    redis = await startRedis();
    example = await startExample(name, redis.url);
    laptop = new Browser(example.origin, "Laptop/1.0");
    phone = new Browser(example.origin, "Phone/1.0 <script>");
  });
  afterEach(async () => {
    await example.stop();
    await redis.stop();
  });

  it("logs in, shows the profile, and logs out", async () => {
    expect((await laptop.get("/")).text).toContain("<form");
    expect((await laptop.get("/profile")).status).toBeGreaterThanOrEqual(302);
    const login = await laptop.post("/login", right);
    expect(login.status).toBe(303);
    expect(login.headers.get("location")).toBe("/profile");
    await laptop.get("/profile");
    const profile = await laptop.get("/profile");
    expect(profile.text).toContain("alice has 1 sessions (visit 2");
    expect(profile.text).toContain("Laptop/1.0");
    const [cookie] = [...laptop.cookies];
    expect((await laptop.post("/logout")).status).toBe(303);
    expect(laptop.cookies.size).toBe(0);
    if (cookie !== undefined) laptop.cookies.set(...cookie);
    expect((await laptop.get("/profile")).headers.get("location")).toBe("/");
  });

  it.each([
    { user: "alice", password: "wrong" },
    { user: "nobody", password: "wonderland" },
    { user: "__proto__", password: "x" },
    {},
  ])("does not let %j in", async (form) => {
    const login = await laptop.post("/login", form);
    expect(login.status).toBe(401);
    expect(laptop.cookies.size).toBe(0);
    expect(await redis.client.dbsize()).toBe(0);
  });

  it("logs out everywhere else", async () => {
    await laptop.post("/login", right);
    await phone.post("/login", right);
    const profile = await laptop.get("/profile");
    expect(profile.text).toContain("alice has 2 sessions");
    expect(profile.text).toContain("Phone/1.0 &#60;script&#62;");
    expect((await laptop.post("/logout-everywhere-else")).text).toContain("Logged out at 1 other places");
    expect((await phone.get("/profile")).headers.get("location")).toBe("/");
    expect((await laptop.get("/profile")).status).toBe(200);
  });

  it("says that something is wrong when Redis is gone, and takes nobody for anonymous", async () => {
    await laptop.post("/login", right);
    const [, value = ""] = [...laptop.cookies][0] ?? [];
    process.kill(redis.pid, "SIGKILL");
    const page = await laptop.get("/profile");
    expect(page.status).toBe(503);
    expect(page.text).not.toContain(redis.socket);
    expect(example.output()).toContain("the session store is not available");
    for (const secret of [value.slice(2), decodeURIComponent(value).slice(2, 34)]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(example.output()).not.toContain(secret);
    }
  });

  it("ends when it is asked to", async () => {
    await laptop.post("/login", right);
    expect(await example.stop()).toBe(0);
  });
});
