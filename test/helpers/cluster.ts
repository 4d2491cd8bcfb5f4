import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePorts } from "./ports.js";
import { type ServerProcess, startServer } from "./server.js";

/** One server of a cluster. */
export interface ClusterNode {
  readonly port: number;
  readonly server: ServerProcess;
  /** A client of the test's own, to this node alone. */
  readonly client: Redis;
}

/** A private Redis Cluster of three masters, each with a replica. */
export interface TestCluster {
  /** `redis+cluster://` URL that names two of the masters. */
  readonly url: string;
  /** The masters at the start, in the order of their slots. */
  readonly masters: readonly ClusterNode[];
  /** The replica of each master. */
  readonly replicas: readonly ClusterNode[];
  stop(): Promise<void>;
}

const slots = 16_384;
const size = 3;

/** Starts a cluster on free ports of the loopback interface, its files in a temporary folder. */
export async function startCluster(): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), "sessctl-cluster-"));
  const ports = await freePorts(4 * size);
  const nodes = await Promise.all(
    Array.from({ length: 2 * size }, (_, n) => startNode(folder, ports[2 * n] ?? 0, ports[2 * n + 1] ?? 0)),
  );
  const masters = nodes.slice(0, size);
  const replicas = nodes.slice(size);
  await form(nodes, masters, replicas);
  return {
    url: `redis+cluster://${masters
      .slice(0, 2)
      .map(({ port }) => `127.0.0.1:${port}`)
      .join(",")}`,
    masters,
    replicas,
    async stop() {
      for (const { client } of nodes) client.disconnect();
      await Promise.all(nodes.map(({ server }) => server.stop("SIGKILL")));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface StartedNode extends ClusterNode {
  readonly busPort: number;
}

async function startNode(folder: string, port: number, busPort: number): Promise<StartedNode> {
  // The node timeout is long, so that a busy machine makes no failover; a test that wants one shortens it.
  const options =
    `--bind 127.0.0.1 --port ${port} --cluster-port ${busPort} --cluster-enabled yes` +
    ` --cluster-config-file nodes-${port}.conf --cluster-node-timeout 15000 --repl-diskless-sync-delay 0` +
    ` --dbfilename ${port}.rdb --appendonly no`;
  const server = await startServer([...options.split(" "), "--save", "", "--dir", folder]);
  const client = new Redis({ host: "127.0.0.1", port });
  client.on("error", () => undefined);
  return { port, busPort, server, client };
}

/** Makes one cluster of servers that do not know each other, and waits until all agree that it is one. */
async function form(
  nodes: readonly StartedNode[],
  masters: readonly StartedNode[],
  replicas: readonly StartedNode[],
): Promise<void> {
  const ids = await Promise.all(masters.map(async ({ client }) => String(await client.call("CLUSTER", "MYID"))));
  for (const [n, { client }] of masters.entries()) {
    const [first, next] = [n, n + 1].map((part) => Math.floor((part * slots) / size));
    await client.call("CLUSTER", "ADDSLOTSRANGE", first ?? 0, (next ?? 0) - 1);
    await client.call("CLUSTER", "SET-CONFIG-EPOCH", n + 1);
  }
  const [meeting] = nodes;
  for (const { port, busPort } of nodes.slice(1)) {
    await meeting?.client.call("CLUSTER", "MEET", "127.0.0.1", port, busPort);
  }
  await until("all nodes know each other", nodes, async ({ client }) => {
    const known = String(await client.call("CLUSTER", "NODES"))
      .trim()
      .split("\n");
    return known.length === nodes.length && !known.some((line) => line.includes("handshake"));
  });
  for (const [n, { client }] of replicas.entries()) await client.call("CLUSTER", "REPLICATE", ids[n] ?? "");
  await until("replicas follow their masters", replicas, async ({ client }) =>
    (await client.info("replication")).includes("master_link_status:up"),
  );
  await until("the cluster serves, and all know who follows whom", nodes, async ({ client }) => {
    const serves = String(await client.call("CLUSTER", "INFO")).includes("cluster_state:ok");
    const followers = String(await client.call("CLUSTER", "NODES")).match(/ (myself,)?slave /g) ?? [];
    return serves && followers.length === size;
  });
}

/** Waits until something holds on every node; says what did not after half a minute. */
async function until(
  what: string,
  nodes: readonly ClusterNode[],
  holds: (node: ClusterNode) => Promise<boolean>,
): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  while (!(await Promise.all(nodes.map(holds))).every(Boolean)) {
    if (Date.now() > giveUpAt) throw new Error(`the cluster did not come up: not yet: ${what}`);
    await wait(50);
  }
}
