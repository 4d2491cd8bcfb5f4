/**
 * How long one row can keep a filter busy: the worst filters and rows that are still looked at, each grown until the limit
 * of work refuses it. `npx esbuild bench/filters.ts --bundle --platform=node --format=esm --outfile=… && node …`
 */
import { compileFilter } from "../src/app/filter/compile.js";
import { sessionFields } from "../src/app/filter/fields.js";
import { createClientReader } from "../src/clients/reader.js";
import type { DirectorySession } from "../src/core/ports.js";

const fields = sessionFields(createClientReader());
/** A text of a and b without order, the same on every run. */
function ab(length: number): string {
  let state = 1;
  const next = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 30;
  return `${Array.from({ length }, () => (next() > 1 ? "a" : "b")).join("")}b${"b".repeat(12)}`;
}

function session(userAgent: string, data: DirectorySession["data"]): DirectorySession {
  return {
    id: "0".repeat(32),
    layout: "native",
    corrupt: undefined,
    user: "alice",
    level: undefined,
    createdAt: 0,
    authenticatedAt: undefined,
    rotatedAt: 0,
    lastSeenAt: 0,
    idleEndsAt: 1,
    endsAt: 1,
    sightings: [{ at: 0, ip: "10.0.0.1", userAgent }],
    data,
    bytes: undefined,
  };
}

const filters: Readonly<Record<string, (size: number) => readonly [filter: string, row: DirectorySession]>> = {
  "an ordinary one": (n) => ['userAgent.contains("curl") && idle > duration("1m")', session("x".repeat(n), {})],
  "a pattern": (n) => ['re(userAgent, "sqlmap|nikto|nmap")', session(ab(n), {})],
  "a pattern of many states": (n) => ['re(userAgent, "^(a|b)*a(a|b){12}$")', session(ab(n), {})],
  "a long pattern": (n) => ['re(userAgent, "^(x?a?b?){300}$")', session(ab(n), {})],
  "texts put together": (n) => [
    `(${Array(60).fill("userAgent").join(" + ")}).contains("c")`,
    session("x".repeat(n), {}),
  ],
  "looked for in each other": (n) => ["userAgent.contains(userAgent + userAgent)", session("a".repeat(n), {})],
  "a loop": (n) => ["data.l.exists(x, userAgent.contains(x))", session("a".repeat(n), { l: Array(n).fill("b") })],
  "a loop that puts together": (n) => [
    "data.l.map(x, x + userAgent).exists_one(x, x == userAgent)",
    session("a".repeat(n), { l: Array(n).fill("b") }),
  ],
  "taken apart": (n) => ['userAgent.split("").all(x, userAgent.contains(x))', session("a".repeat(n), {})],
  "lists compared": (n) => [
    "data.l.all(x, data.l == data.m)",
    session("", { l: Array(n).fill("b"), m: Array(n).fill("b") }),
  ],
  "loops one after the other": (n) => [
    'data.l.filter(x, x != "q").map(x, x + x + x + x).filter(x, x.contains("zz")).size() > 3',
    session("", { l: Array(n).fill("b".repeat(100)) }),
  ],
};

for (const [name, make] of Object.entries(filters)) {
  let last = "";
  for (let size = 256; size <= 2 ** 22; size *= 2) {
    const [text, row] = make(size);
    const filter = compileFilter(text, fields, 0);
    const began = process.hrtime.bigint();
    filter.matches(row, 10);
    const ms = Number(process.hrtime.bigint() - began) / 1e6;
    if (filter.tooLarge() > 0) break;
    last = `size ${size}: ${ms.toFixed(1)} ms`;
  }
  process.stdout.write(`${name.padEnd(28)} ${last}\n`);
}
