import { afterAll, beforeAll, expect, test } from "vitest";
import { aclRules, roles } from "../../src/app/acl/index.js";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { startCluster, type TestCluster } from "../helpers/cluster.js";

// What each role needs beyond a single server: to learn who has which slots.

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startCluster();
  for (const { client } of [...cluster.masters, ...cluster.replicas]) {
    for (const role of roles) {
      const { setuser } = aclRules(role, {
        namespace: "sc",
        prefix: "",
        user: role.name,
        secret: `>secret-of-${role.name}`,
      });
      const [command = "", ...args] = setuser.split(" ");
      await client.call(command, ...args);
    }
  }
}, 60_000);
afterAll(() => cluster.stop());

const urlOf = (role: string) => cluster.url.replace("redis+cluster://", `redis+cluster://${role}:secret-of-${role}@`);

test("in a cluster each role does what it is for", { timeout: 60_000 }, async () => {
  const store = createSessionStore({ redis: urlOf("application") });
  for (let n = 0; n < 30; n++) await store.create({ user: `user-${n % 9}`, client: { ip: `192.0.2.${n}` } });
  for (const args of [["list"], ["audit"], ["stats"], ["events"], ["top", "--once"], ["doctor", "--full"]]) {
    const { exitCode, stderr, stdout } = await sessctl(args, { url: urlOf("reader") });
    expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: "" });
    expect(stdout).not.toBe("");
  }
  for (const args of [
    ["revoke", "--user", "user-1", "--yes"],
    ["doctor", "--repair"],
    ["trail", "--verify"],
  ]) {
    const { exitCode, stderr } = await sessctl(args, { url: urlOf("operator") });
    expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: "" });
  }
  expect(await store.listUser("user-1")).toEqual([]);
  expect((await sessctl(["revoke", "--user", "user-2", "--yes"], { url: urlOf("reader") })).exitCode).toBe(4);
  expect((await store.listUser("user-2")).length).toBeGreaterThan(0);
  await store.close();
});

test(
  "doctor sees the state of every node, and indexes that were lost on one of them",
  { timeout: 60_000 },
  async () => {
    const sound = await sessctl(["doctor", "-o", "json"], { url: cluster.url });
    const { checks } = JSON.parse(sound.stdout) as { checks: { check: string; server: string; verdict: string }[] };
    const states = checks.filter(({ check }) => check === "cluster-state");
    expect(states.length).toBeGreaterThanOrEqual(cluster.masters.length);
    const [master] = cluster.masters;
    const lost = (await master?.client.keys("sc:*:live")) ?? [];
    for (const key of lost) await master?.client.del(key);
    expect(lost.length).toBeGreaterThan(0);
    expect((await sessctl(["doctor", "--check", "index-missing", "--full"], { url: cluster.url })).exitCode).toBe(10);
    expect(await sessctl(["doctor", "--repair"], { url: cluster.url })).toMatchObject({ exitCode: 0, stderr: "" });
    expect((await sessctl(["doctor", "--check", "index-missing", "--full"], { url: cluster.url })).exitCode).toBe(0);
  },
);
