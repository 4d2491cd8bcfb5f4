/**
 * How many sessions a second the audit's rules get through without Redis, beside `JSON.parse` of the same sessions, and
 * what memory they hold at the end (run with `--expose-gc` for that). Argument: how many sessions; default 200,000.
 */
import { createHash } from "node:crypto";
import { createAudit } from "../src/audit/index.js";
import { createClientReader } from "../src/clients/reader.js";
import type { DirectorySession } from "../src/core/ports.js";
import type { Sighting } from "../src/core/session.js";

const total = Number(process.argv[2] ?? 200_000);
const now = 1_800_000_000_000;
const batch = 10_000;

/** A generator of numbers from 0 to 1 (mulberry32), the same on every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(1);
const pick = (below: number): number => Math.floor(random() * below);

/** 400 distinct user agents, as a release cycle of the common browsers gives. */
const userAgents = Array.from({ length: 400 }, (_, n) => {
  const major = 130 + (n % 25);
  const blink = `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0`;
  const kinds = [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Safari/537.36`,
    `Mozilla/5.0 (Linux; Android ${9 + (n % 7)}; K) ${blink} Mobile Safari/537.36`,
    `Mozilla/5.0 (X11; Linux x86_64; rv:${major}.0) Gecko/20100101 Firefox/${major}.0`,
    `Mozilla/5.0 (iPhone; CPU iPhone OS ${n % 19}_${n % 7} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${n % 19}.0 Mobile/15E148 Safari/604.1`,
  ];
  return kinds[n % kinds.length] ?? "";
});

const address = (): string => `${1 + pick(220)}.${pick(256)}.${pick(256)}.${pick(256)}`;

/** A session: one in three moved between networks, one in a thousand was taken over. */
function generate(n: number): DirectorySession {
  const createdAt = now - pick(12 * 3_600_000);
  const userAgent = userAgents[pick(userAgents.length)];
  const sightings: Sighting[] = [{ at: createdAt, ip: address(), userAgent }];
  if (random() < 0.33) sightings.push({ at: createdAt + 60_000, ip: address(), userAgent });
  if (random() < 0.001) sightings.push({ at: createdAt + 120_000, ip: address(), userAgent: "curl/8.5.0" });
  return {
    id: createHash("sha256").update(String(n)).digest("hex").slice(0, 32),
    layout: "native",
    corrupt: undefined,
    user: `user-${pick(total * 0.8)}@example.org`,
    level: undefined,
    createdAt,
    authenticatedAt: createdAt,
    rotatedAt: createdAt,
    lastSeenAt: now - pick(1_800_000),
    idleEndsAt: now + 1_800_000,
    endsAt: createdAt + 43_200_000,
    sightings,
    data: {},
    bytes: 400,
  };
}

function heldMegabytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

const audit = createAudit({
  now,
  reader: createClientReader(),
  layout: "native",
  capabilities: {
    byUser: "index",
    recent: "index",
    created: true,
    lastSeen: "exact",
    deadline: true,
    client: true,
    switches: true,
    expire: "lasting",
    cutoff: true,
    data: true,
    events: true,
  },
});
const before = heldMegabytes();
let elapsed = 0;
let parsing = 0;
for (let n = 0; n < total; n += batch) {
  // Sessions come out of JSON, so that their strings are as they are after a read from Redis.
  const stored = Array.from({ length: Math.min(batch, total - n) }, (_, at) => JSON.stringify(generate(n + at)));
  const parseStart = performance.now();
  const parsed = stored.map((text) => JSON.parse(text) as DirectorySession);
  parsing += performance.now() - parseStart;
  const sessions = parsed.map((session) => Object.assign({ corrupt: undefined, level: undefined }, session));
  const start = performance.now();
  for (const session of sessions) audit.see(session);
  elapsed += performance.now() - start;
}
const held = heldMegabytes() - before;
const start = performance.now();
const report = audit.report();
elapsed += performance.now() - start;
const perSecond = (ms: number): string => Math.round((total / ms) * 1000).toLocaleString("en");
console.log(
  `audit ${perSecond(elapsed)} sessions/s, JSON.parse ${perSecond(parsing)}/s: ${(elapsed / parsing).toFixed(2)} times it`,
);
console.log(`held ${held.toFixed(0)} MB${globalThis.gc === undefined ? " (with garbage: run with --expose-gc)" : ""}`);
console.log(`findings ${report.findings.length}, omitted ${JSON.stringify(report.audit.omitted)}`);
