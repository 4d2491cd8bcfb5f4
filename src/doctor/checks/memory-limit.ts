import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { bytesText, countOf } from "../server-facts.js";

/** Parts of `maxmemory` in use beyond which there is little time left, and none. */
const tight = 0.8;
const full = 0.95;
/** What a server may take of a machine that it has to itself: a rewrite of the log copies pages meanwhile. */
const fairShare = 0.5;

/** How much memory is in use of what there may be. */
export const memoryLimit: ServerCheck = {
  of: "server",
  id: "memory-limit",
  group: "memory",
  title: "memory in use",
  why: "At its limit a server refuses logins; without one the kernel ends it, and with it all that was not saved.",
  examine(server) {
    const used = countOf(server, "used_memory");
    const most = countOf(server, "maxmemory");
    if (used === undefined || most === undefined) return unknown(whyUnknown(server.info));
    const facts = { usedBytes: used, maxmemory: most, peakBytes: countOf(server, "used_memory_peak") ?? null };
    if (most === 0) {
      const machine = countOf(server, "total_system_memory") ?? 0;
      const bytes = Math.max(Math.floor(machine * fairShare), used * 2);
      return wrong("warning", `${bytesText(used)} in use, without a limit`, facts, [
        { in: "redis", text: `CONFIG SET maxmemory ${bytes}` },
        { in: "config", text: `maxmemory ${bytes}` },
        { in: "words", text: "Or whatever the machine can spare for it: a rewrite of the log takes more meanwhile." },
      ]);
    }
    const part = used / most;
    const saw = `${bytesText(used)} of ${bytesText(most)} in use, ${Math.round(part * 100)}%`;
    if (part < tight) return ok(saw, facts);
    return wrong(part < full ? "warning" : "failure", saw, facts, [
      { in: "redis", text: `CONFIG SET maxmemory ${most * 2}` },
      { in: "config", text: `maxmemory ${most * 2}` },
      { in: "shell", text: "sessctl doctor --repair" },
      { in: "words", text: "The last removes what is over; sessctl stats tells what takes the room." },
    ]);
  },
};
