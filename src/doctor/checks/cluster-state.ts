import { grouped } from "../../core/grouped.js";
import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { numberOf, parameter } from "../server-facts.js";

/** Hash slots of a cluster. */
const slots = 16_384;

/** Whether every slot has a master. */
export const clusterState: ServerCheck = {
  of: "server",
  id: "cluster-state",
  group: "replication",
  title: "cluster",
  why: "Sessions in slots without a master cannot be reached, and by default none can.",
  examine(server) {
    if (server.cluster === undefined) return undefined;
    if (!server.cluster.known) return unknown(whyUnknown(server.cluster));
    const info = server.cluster.value;
    const count = (name: string) => numberOf(info.get(name)) ?? 0;
    const state = info.get("cluster_state") ?? "unknown";
    const reached = count("cluster_slots_ok");
    const facts = {
      state,
      slotsOk: reached,
      slotsPfail: count("cluster_slots_pfail"),
      slotsFail: count("cluster_slots_fail"),
    };
    if (state !== "ok" || reached < slots) {
      return wrong("failure", `${state}, ${grouped(reached)} of ${grouped(slots)} slots served`, facts, [
        { in: "shell", text: "redis-cli --cluster check HOST:PORT" },
        {
          in: "words",
          text: "Bring the missing masters back, or let their replicas take over: CLUSTER FAILOVER FORCE.",
        },
      ]);
    }
    if (parameter(server, "cluster-require-full-coverage") === "yes") {
      return wrong("warning", "ok; when one master is away, all sessions are (cluster-require-full-coverage)", facts, [
        { in: "redis", text: "CONFIG SET cluster-require-full-coverage no" },
        { in: "config", text: "cluster-require-full-coverage no" },
      ]);
    }
    return ok("ok, all slots served", facts);
  },
};
