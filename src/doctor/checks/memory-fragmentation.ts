import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { bytesText, countOf } from "../server-facts.js";

/** With less in use the ratio says nothing: the program itself outweighs the data. */
const enoughBytes = 100 * 1024 * 1024;
/** Redis's own advice on `mem_fragmentation_ratio`: over 1.5 is fragmented, under 1 is partly swapped out. */
const fragmented = 1.5;
const swapped = 0.95;

/** How much more memory the server holds than it uses. */
export const memoryFragmentation: ServerCheck = {
  of: "server",
  id: "memory-fragmentation",
  group: "memory",
  title: "memory fragmentation",
  why: "Memory that is held and not used is missing elsewhere; memory that was swapped out makes every answer slow.",
  examine(server) {
    const ratio = countOf(server, "mem_fragmentation_ratio");
    const used = countOf(server, "used_memory");
    const held = countOf(server, "used_memory_rss");
    if (ratio === undefined || used === undefined || held === undefined) return unknown(whyUnknown(server.info));
    const facts = { ratio, usedBytes: used, residentBytes: held };
    if (used < enoughBytes) return ok(`too little in use to tell (${bytesText(used)})`, facts);
    const saw = `${bytesText(held)} held for ${bytesText(used)}, ratio ${ratio}`;
    if (ratio < swapped) {
      return wrong("warning", `${saw}: part of it is swapped out`, facts, [
        { in: "words", text: "Give the machine more memory, or lower maxmemory; turn swap off for this server." },
      ]);
    }
    if (ratio <= fragmented) return ok(saw, facts);
    return wrong("warning", saw, facts, [
      { in: "redis", text: "CONFIG SET activedefrag yes" },
      { in: "config", text: "activedefrag yes" },
    ]);
  },
};
