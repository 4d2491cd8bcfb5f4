import { grouped } from "../../core/grouped.js";
import type { ServerReport } from "../../core/server.js";
import { type Outcome, ok, type ServerCheck, type Step, unknown, whyUnknown, wrong } from "../check.js";
import { countOf, field, parameter } from "../server-facts.js";

const appendFix: readonly Step[] = [
  { in: "redis", text: "CONFIG SET appendonly yes" },
  { in: "config", text: "appendonly yes" },
  { in: "config", text: "appendfsync everysec" },
];

/** What is left of the sessions after a restart. */
export const persistence: ServerCheck = {
  of: "server",
  id: "persistence",
  group: "persistence",
  title: "persistence",
  why: "What is lost at a restart is not only logins: a lost logout or revocation brings its session back.",
  examine(server, { now }) {
    const append = field(server, "aof_enabled");
    if (append === undefined) return unknown(whyUnknown(server.info));
    const fsync = parameter(server, "appendfsync");
    const save = parameter(server, "save");
    const facts = { appendonly: append === "1", appendfsync: fsync ?? null, save: save ?? null };
    if (append === "1") return ofLog(fsync, facts);
    if (save === "") {
      return wrong("warning", "none: every restart ends all sessions", facts, [
        ...appendFix,
        { in: "words", text: "Or leave it: to end all sessions is safe, and may be what you want." },
      ]);
    }
    const loss = sinceSave(server, now);
    if (save === undefined) {
      return wrong("warning", `no append-only log; whether snapshots are made is not told${loss}`, facts, appendFix);
    }
    return wrong("warning", `snapshots only${loss}: what came after the last one is lost`, facts, appendFix);
  },
};

function ofLog(fsync: string | undefined, facts: Outcome["facts"]): Outcome {
  switch (fsync) {
    case "always":
      return ok("append-only log, written before each answer: nothing that was acknowledged is lost", facts);
    case "everysec":
      return ok("append-only log, written every second: up to two seconds are lost when the machine is", facts);
    case undefined:
      return ok("append-only log; how often it is written is not told", facts);
    default:
      return wrong("warning", `append-only log, appendfsync ${fsync}: written when the kernel sees fit`, facts, [
        { in: "redis", text: "CONFIG SET appendfsync everysec" },
        { in: "config", text: "appendfsync everysec" },
      ]);
  }
}

function sinceSave(server: ServerReport, now: number): string {
  const savedAt = countOf(server, "rdb_last_save_time");
  const changes = countOf(server, "rdb_changes_since_last_save");
  if (savedAt === undefined || changes === undefined) return "";
  const minutes = Math.max(0, Math.round((now / 1000 - savedAt) / 60));
  return `, ${grouped(changes)} changes in the ${minutes} min since the last or since it started`;
}
