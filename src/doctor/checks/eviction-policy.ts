import { grouped } from "../../core/grouped.js";
import type { ServerReport } from "../../core/server.js";
import { type Outcome, ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { bytesText, countOf, field, parameter } from "../server-facts.js";

/** What the server does when its memory is full. */
export const evictionPolicy: ServerCheck = {
  of: "server",
  id: "eviction-policy",
  group: "memory",
  title: "eviction policy",
  why: "A server that evicts keys ends sessions without a word, and forgets what revoked others.",
  examine(server) {
    const policy = parameter(server, "maxmemory-policy") ?? field(server, "maxmemory_policy");
    if (policy === undefined) return unknown(whyUnknown(server.info));
    const maxBytes = countOf(server, "maxmemory");
    const facts = { policy, maxmemory: maxBytes ?? null, evictedKeys: countOf(server, "evicted_keys") ?? null };
    if (policy === "noeviction") return ok("noeviction", facts);
    return evicting(server, policy, maxBytes, facts);
  },
};

function evicting(
  server: ServerReport,
  policy: string,
  maxBytes: number | undefined,
  facts: Outcome["facts"],
): Outcome {
  const ends = policy.startsWith("volatile-")
    ? // Cutoffs, `live` and `flagged` have no TTL, and stay.
      "sessions end before their time, and users' indexes go, so that revoking a user misses sessions"
    : "sessions end before their time, and cutoffs go, so that revoked sessions are valid again";
  const fix = [
    { in: "redis", text: "CONFIG SET maxmemory-policy noeviction" },
    { in: "config", text: "maxmemory-policy noeviction" },
    { in: "words", text: "Keep caches in another Redis." },
  ] as const;
  if (maxBytes === 0) return wrong("warning", `${policy}, which does nothing while maxmemory is 0`, facts, fix);
  const limit = maxBytes === undefined ? "maxmemory" : bytesText(maxBytes);
  return wrong("failure", `${policy}: at ${limit} ${ends}${evictedText(server)}`, facts, fix);
}

function evictedText(server: ServerReport): string {
  const evicted = countOf(server, "evicted_keys") ?? 0;
  return evicted === 0 ? "" : `; ${grouped(evicted)} keys were evicted since it started`;
}
