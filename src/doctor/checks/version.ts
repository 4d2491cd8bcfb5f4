import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { field } from "../server-facts.js";

/**
 * Releases whose last fixes have come, and when that was. From the projects' announcements, as endoflife.date collects
 * them; what is not listed is not known to have ended.
 */
const ended: readonly (readonly [server: "Redis" | "Valkey", release: string, on: string])[] = [
  ["Redis", "7.0", "2024-07-29"],
  ["Redis", "8.0", "2026-02-11"],
  ["Valkey", "8.0", "2027-09-15"],
  ["Valkey", "7.2", "2029-04-16"],
];

const upgrade = [{ in: "words", text: "Upgrade to a supported release of Redis (7.2 or newer) or Valkey." }] as const;

/** Whether the server is new enough, and still gets fixes. */
export const version: ServerCheck = {
  of: "server",
  id: "version",
  group: "server",
  title: "version",
  why: "The scripts need Redis 7.0, and what gets no more fixes keeps its holes.",
  examine(server, { now }) {
    const redis = field(server, "redis_version");
    if (redis === undefined) return unknown(whyUnknown(server.info));
    const valkey = field(server, "valkey_version");
    const name = valkey === undefined ? "Redis" : "Valkey";
    const number = valkey ?? redis;
    const facts = { server: name, version: number };
    const major = Number.parseInt(redis, 10);
    if (!Number.isFinite(major)) return unknown(`${name} ${number}, which is no version that can be read`, facts);
    if (major < 7) return wrong("failure", `${name} ${number}; 7.0 is needed`, facts, upgrade);
    const end = ended.find(([who, release]) => who === name && number.startsWith(`${release}.`))?.[2];
    if (end === undefined || now < Date.parse(end)) return ok(`${name} ${number}`, facts);
    return wrong("warning", `${name} ${number}, which its makers have given no fixes since ${end}`, facts, [
      ...upgrade,
      { in: "words", text: "Your distribution may still mend it: ask its security tracker." },
    ]);
  },
};
