import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { countOf, field, numberOf, parameter } from "../server-facts.js";

/** Whether a master that was cut off stops taking writes. */
export const minReplicas: ServerCheck = {
  of: "server",
  id: "min-replicas",
  group: "replication",
  title: "writes without replicas",
  why: "A master that was cut off goes on taking logins and logouts, which are lost when it comes back as a replica.",
  examine(server) {
    if (server.role === "replica") return undefined;
    if (!server.info.known) return unknown(whyUnknown(server.info));
    const replicas = countOf(server, "connected_slaves") ?? 0;
    // Where CONFIG is denied: INFO has this field just when both parameters are set.
    const set = field(server, "min_slaves_good_slaves") === undefined ? 0 : 1;
    const least = numberOf(parameter(server, "min-replicas-to-write")) ?? set;
    const facts = { replicas, minReplicasToWrite: least };
    if (least > 0) return ok("refused", facts);
    if (replicas === 0) return ok("there are no replicas", facts);
    return wrong("warning", "taken", facts, [
      { in: "redis", text: "CONFIG SET min-replicas-to-write 1" },
      { in: "redis", text: "CONFIG SET min-replicas-max-lag 5" },
      { in: "config", text: "min-replicas-to-write 1" },
      { in: "config", text: "min-replicas-max-lag 5" },
    ]);
  },
};
