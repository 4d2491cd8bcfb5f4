import type { ServerReport } from "../../core/server.js";
import { type CheckContext, type Outcome, ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { countOf, field, numberOf } from "../server-facts.js";

/** A replica that has not been heard of for so long is told; Redis itself gives up after a minute. */
const lagSeconds = 10;
/** More than so much not yet replicated is told. */
const behindBytes = 1024 * 1024;

const networkFix = [
  { in: "redis", text: "INFO replication" },
  { in: "words", text: "Look at the replica's log, and at the network and the disk between them." },
] as const;

/** Whether the copies are near the original. */
export const replication: ServerCheck = {
  of: "server",
  id: "replication",
  group: "replication",
  title: "replication",
  why: "What a replica does not have yet is lost when it takes over: a logout too, whose session then comes back.",
  examine(server, context) {
    if (!server.info.known) return unknown(whyUnknown(server.info));
    return server.role === "replica" ? ofReplica(server, context) : ofMaster(server);
  },
};

function ofMaster(server: ServerReport): Outcome {
  const replicas = replicasOf(server);
  const facts = { role: "master", replicas: replicas.map((replica) => ({ ...replica })) };
  if (replicas.length === 0) return ok("a master without replicas", facts);
  const troubled = replicas.filter(
    ({ state, lag, behind }) => state !== "online" || lag > lagSeconds || behind > behindBytes,
  );
  const count = `${replicas.length} ${replicas.length === 1 ? "replica" : "replicas"}`;
  if (troubled.length === 0) {
    const worst = Math.max(...replicas.map(({ lag }) => lag));
    return ok(`a master with ${count}, heard of at most ${worst} s ago`, facts);
  }
  const each = troubled.map(
    ({ name, state, lag, behind }) => `${name} is ${state}, ${lag} s and ${behind} bytes behind`,
  );
  return wrong("warning", `${troubled.length} of ${count}: ${each.join("; ")}`, facts, networkFix);
}

function ofReplica(server: ServerReport, { servers }: CheckContext): Outcome {
  const master = `${field(server, "master_host") ?? "?"}:${field(server, "master_port") ?? "?"}`;
  const link = field(server, "master_link_status");
  const seconds = countOf(server, "master_last_io_seconds_ago") ?? 0;
  const facts = { role: "replica", master, link: link ?? null, secondsAgo: seconds };
  if (!servers.some(({ role }) => role === "master")) {
    return wrong("failure", `a replica of ${master}: it takes no logins or logouts, and may be behind`, facts, [
      { in: "words", text: `Connect to the master, ${master}, or by redis+sentinel:// or redis+cluster://.` },
    ]);
  }
  if (link !== "up") {
    return wrong("failure", `a replica of ${master}, to which its link is ${link ?? "unknown"}`, facts, networkFix);
  }
  if (seconds > lagSeconds) {
    return wrong("warning", `a replica of ${master}, not heard of for ${seconds} s`, facts, networkFix);
  }
  return ok(`a replica of ${master}, heard of ${seconds} s ago`, facts);
}

interface Replica {
  readonly name: string;
  readonly state: string;
  /** Seconds since it last acknowledged. */
  readonly lag: number;
  /** Bytes of the stream that it has not acknowledged. */
  readonly behind: number;
}

/** The replicas of a master: lines `slave0:ip=…,port=…,state=…,offset=…,lag=…`. */
function replicasOf(server: ServerReport): readonly Replica[] {
  const offset = countOf(server, "master_repl_offset") ?? 0;
  return (server.info.known ? [...server.info.value] : []).flatMap(([name, text]) => {
    if (!/^slave\d+$/.test(name)) return [];
    const parts = new Map(text.split(",").map((part) => part.split("=") as [string, string]));
    return [
      {
        name: `${parts.get("ip") ?? "?"}:${parts.get("port") ?? "?"}`,
        state: parts.get("state") ?? "in an unknown state",
        lag: numberOf(parts.get("lag")) ?? 0,
        behind: Math.max(0, offset - (numberOf(parts.get("offset")) ?? offset)),
      },
    ];
  });
}
