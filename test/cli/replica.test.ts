import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createSessionStore } from "../../src/index.js";
import { sessctl } from "../helpers/cli.js";
import { type ClusterNode, startCluster, type TestCluster } from "../helpers/cluster.js";
import { putKeys } from "../helpers/fixture.js";
import { type ReplicatedRedis, startReplicated } from "../helpers/replica.js";
import express from "../layouts/fixtures/express.json" with { type: "json" };

/** What a server was asked, by its own statistics: the number of calls of each command. */
async function calls({ client }: Pick<ClusterNode, "client">, name: string): Promise<number> {
  const info = await client.info("commandstats");
  return Number(new RegExp(`^cmdstat_${name}:calls=(\\d+)`, "m").exec(info)?.[1] ?? 0);
}

/** Throws unless a node of a cluster tells its clients of so many replicas. */
async function allReplicasTold(client: ClusterNode["client"], wanted: number): Promise<void> {
  const ranges = (await client.call("CLUSTER", "SLOTS")) as unknown[][];
  const told = ranges.reduce((sum, [, , , ...replicas]) => sum + replicas.length, 0);
  if (told < wanted) throw new Error(`the cluster tells of ${told} of ${wanted} replicas`);
}

const layout = ["--layout", "connect-redis"];

describe("--replica with a master and its replica", () => {
  let servers: ReplicatedRedis;
  beforeAll(async () => {
    servers = await startReplicated();
  }, 60_000);
  afterAll(() => servers.stop());
  beforeEach(async () => {
    const { master, replica } = servers;
    await master.client.flushall();
    await putKeys(master.client, express.keys, Date.now());
    await master.client.call("WAIT", "1", "5000");
    await Promise.all([master, replica].map(({ client }) => client.config("RESETSTAT")));
  });
  const run = (...args: string[]) => sessctl(args, { url: servers.master.url });

  it("walks and reads on the replica, and revokes on the master", async () => {
    const { master, replica } = servers;
    const { stderr, exitCode } = await run("revoke", "--user", "u1", "--yes", "--replica", ...layout);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/reading from the replica 127\.0\.0\.1:\d+\n/);
    expect(await calls(replica, "scan")).toBeGreaterThan(0);
    expect(await calls(replica, "evalsha_ro")).toBeGreaterThan(0);
    expect(await calls(master, "scan")).toBe(0);
    expect(await calls(master, "unlink")).toBe(2);
    expect(await master.client.dbsize()).toBeLessThan(express.keys.length);
  });

  it("finds the layout on the replica too", async () => {
    const { stdout, exitCode } = await run("list", "--replica", "-o", "id");
    expect(exitCode).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(3);
    expect(await calls(servers.replica, "scan")).toBeGreaterThan(0);
    expect(await calls(servers.master, "scan")).toBe(0);
  });

  it("walks over native sessions on the replica", async () => {
    const store = createSessionStore({ redis: servers.master.url });
    await store.create({ user: "alice" });
    await store.close();
    await servers.master.client.call("WAIT", "1", "5000");
    await servers.master.client.config("RESETSTAT");
    const { stdout, exitCode } = await run("list", "--replica", "--layout", "native", "--limit", "0", "-o", "ndjson");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("alice");
    expect(await calls(servers.replica, "zrange")).toBeGreaterThan(0);
    expect(await calls(servers.master, "zrange")).toBe(0);
  });

  it("a change that names what the replica still has and the master has not says that it is gone", async () => {
    const { master, replica } = servers;
    const [id = ""] = (await run("list", "-o", "id", ...layout)).stdout.trim().split("\n");
    await replica.client.config("SET", "replica-read-only", "no");
    await master.client.flushall();
    await master.client.call("WAIT", "1", "5000");
    // As one that is behind would have it.
    await putKeys(replica.client, express.keys, Date.now());
    const { stdout, stderr, exitCode } = await run("revoke", id, "--yes", "--replica", ...layout, "-o", "json");
    await replica.client.flushall();
    await replica.client.config("SET", "replica-read-only", "yes");
    expect(exitCode).not.toBe(0);
    expect(`${stdout}${stderr}`).toMatch(/gone/);
    expect(await calls(master, "unlink")).toBe(0);
  });

  it("says that a server is itself a replica", async () => {
    const { stderr, exitCode } = await sessctl(["list", "--replica"], { url: servers.replica.url });
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(/this Redis is itself a replica/);
  });
});

describe("other frameworks' sessions in a cluster", () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await startCluster();
    // A cluster tells clients of a replica only once that one has said how far it is.
    for (const { client } of cluster.masters) {
      await vi.waitFor(() => allReplicasTold(client, cluster.replicas.length), { timeout: 30_000 });
    }
  }, 60_000);
  afterAll(() => cluster.stop());
  const run = (...args: string[]) => sessctl([...args, ...layout], { url: cluster.url });
  const sessions = 30;
  beforeEach(async () => {
    const nodes = [...cluster.masters, ...cluster.replicas];
    for (const { client } of cluster.masters) await client.flushall();
    const { Cluster } = await import("ioredis");
    const client = new Cluster(cluster.masters.map(({ port }) => ({ host: "127.0.0.1", port })));
    for (let n = 0; n < sessions; n++) {
      const value = JSON.stringify({ cookie: { originalMaxAge: null, path: "/" }, userId: `u${n % 3}` });
      await client.set(`sess:${n.toString().padStart(32, "x")}`, value, "EX", 86_400);
    }
    client.disconnect();
    for (const { client: master } of cluster.masters) await master.call("WAIT", "1", "5000");
    for (const { client: node } of nodes) await node.config("RESETSTAT");
  });
  const size = async () =>
    (await Promise.all(cluster.masters.map(({ client }) => client.dbsize()))).reduce((sum, count) => sum + count, 0);

  it("are listed, found, ended sooner and revoked on every master", async () => {
    const ids = (await run("list", "-o", "id")).stdout.trim().split("\n");
    expect(new Set(ids).size).toBe(sessions);
    const [id = ""] = ids;
    expect((await run("show", id.slice(0, 12), "-o", "json")).stdout).toContain(id);
    expect((await run("expire", id, "--in", "1h", "--yes")).exitCode).toBe(0);
    const [shown] = JSON.parse((await run("show", id, "-o", "json")).stdout) as { idleEndsAt: string }[];
    expect(Date.parse(shown?.idleEndsAt ?? "")).toBeLessThan(Date.now() + 3_700_000);
    expect((await run("revoke", "--user", "u1", "--yes")).exitCode).toBe(0);
    expect((await run("list", "--user", "u1")).exitCode).toBe(3);
    expect(await size()).toBeGreaterThanOrEqual((sessions / 3) * 2);
    expect((await run("list", "-o", "id")).stdout.trim().split("\n")).toHaveLength((sessions / 3) * 2);
  });

  it("are walked and read on the replicas with --replica, and revoked on the masters", async () => {
    const { stderr, exitCode } = await run("revoke", "--user", "u1", "--yes", "--replica");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("reading from the cluster's replicas");
    for (const replica of cluster.replicas) {
      expect(await calls(replica, "scan")).toBeGreaterThan(0);
      expect((await calls(replica, "evalsha_ro")) + (await calls(replica, "eval_ro"))).toBeGreaterThan(0);
    }
    let ended = 0;
    for (const master of cluster.masters) {
      expect(await calls(master, "scan")).toBe(0);
      ended += await calls(master, "unlink");
    }
    expect(ended).toBe(sessions / 3);
  });
});
