import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { field } from "../server-facts.js";

/** What `INFO` says of the latest of each kind of write. */
const kinds = [
  ["aof_last_write_status", "the append-only log"],
  ["aof_last_bgrewrite_status", "a rewrite of the append-only log"],
  ["rdb_last_bgsave_status", "a snapshot"],
] as const;

/** Whether what should be kept on disk gets there. */
export const diskWrites: ServerCheck = {
  of: "server",
  id: "disk-writes",
  group: "persistence",
  title: "writing to disk",
  why: "A server that cannot write its disk keeps nothing, and by default refuses logins and logouts.",
  examine(server) {
    const states = kinds.map(([name, what]) => [what, field(server, name)] as const);
    if (states.every(([, state]) => state === undefined)) return unknown(whyUnknown(server.info));
    const facts = Object.fromEntries(kinds.map(([name]) => [name, field(server, name) ?? null]));
    const failed = states.filter(([, state]) => state !== undefined && state !== "ok").map(([what]) => what);
    if (failed.length === 0) return ok("nothing failed", facts);
    return wrong("failure", `it failed to write ${failed.join(", ")}`, facts, [
      { in: "words", text: "Look into the log of Redis: a full disk, rights of the folder, or no memory to fork." },
      { in: "shell", text: "df -h; sysctl vm.overcommit_memory" },
    ]);
  },
};
