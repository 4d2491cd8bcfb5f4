import { setTimeout as wait } from "node:timers/promises";
import { freePorts } from "./ports.js";
import { startRedis, type TestRedis } from "./redis.js";

/** A Redis with one replica, each a process of its own. */
export interface ReplicatedRedis {
  readonly master: TestRedis;
  readonly replica: TestRedis;
  stop(): Promise<void>;
}

/** Starts both, and resolves once the replica follows. */
export async function startReplicated(): Promise<ReplicatedRedis> {
  const [port = 0, replicaPort = 0] = await freePorts(2);
  const master = await startRedis(["--port", String(port), "--bind", "127.0.0.1", "--repl-diskless-sync-delay", "0"]);
  const replicaOf = ["--replicaof", "127.0.0.1", String(port)];
  const replica = await startRedis(["--port", String(replicaPort), "--bind", "127.0.0.1", ...replicaOf]);
  const giveUpAt = Date.now() + 30_000;
  while (!(await replica.client.info("replication")).includes("master_link_status:up")) {
    if (Date.now() > giveUpAt) throw new Error("the replica does not follow its master");
    await wait(20);
  }
  return {
    master,
    replica,
    async stop() {
      await replica.stop();
      await master.stop();
    },
  };
}
