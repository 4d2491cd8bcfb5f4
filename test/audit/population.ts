import * as fc from "fast-check";
import { createHash } from "node:crypto";
import { type AuditOptions, type AuditReport, createAudit } from "../../src/audit/index.js";
import type { GeoReader, Place } from "../../src/clients/geography/geo-reader.js";
import { createClientReader } from "../../src/clients/reader.js";
import type { SessionEvent } from "../../src/core/event.js";
import type { Capabilities, DirectorySession } from "../../src/core/ports.js";
import { IdStatistics } from "../../src/core/id-statistics.js";
import type { Json, Sighting } from "../../src/core/session.js";
import { directorySession } from "../helpers/directory-session.js";

/** The time of every audit in these tests. */
export const now = 1_800_000_000_000;

export const minute = 60_000;
export const hour = 60 * minute;

/** A layout that tells everything. */
export const everything: Capabilities = {
  recent: "index",
  byUser: "index",
  created: true,
  lastSeen: "exact",
  deadline: true,
  client: true,
  switches: true,
  expire: "lasting",
  cutoff: true,
  data: true,
  events: true,
};

const blink = "AppleWebKit/537.36 (KHTML, like Gecko)";
const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";

export const agents = {
  chromeWindows: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/154.0.0.0 Safari/537.36`,
  chromeWindowsNext: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/156.0.0.0 Safari/537.36`,
  chromeAndroid: `Mozilla/5.0 (Linux; Android 10; K) ${blink} Chrome/154.0.0.0 Mobile Safari/537.36`,
  chromeAndroidTablet: `Mozilla/5.0 (Linux; Android 10; K) ${blink} Chrome/154.0.0.0 Safari/537.36`,
  chromeLinux: `Mozilla/5.0 (X11; Linux x86_64) ${blink} Chrome/154.0.0.0 Safari/537.36`,
  chromeLinuxOlder: `Mozilla/5.0 (X11; Linux x86_64) ${blink} Chrome/150.0.0.0 Safari/537.36`,
  safariPhone: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webkit} Version/18.5 Mobile/15E148 Safari/604.1`,
  safariMac: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/18.5 Safari/605.1.15`,
  firefoxWindows: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
  firefoxLinux: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  curl: "curl/8.5.0",
  playerPhone: "AppleCoreMedia/1.0.0.22F76 (iPhone; U; CPU OS 18_5 like Mac OS X; en_us)",
  appPhone: "Shop/3.4 CFNetwork/3826.500.131 Darwin/24.5.0",
  appAndroid: "okhttp/4.12.0",
} as const;

export const home = "203.0.113.7";
export const homeToo = "203.0.113.99";
export const office = "198.51.100.20";
export const abroad = "192.0.2.55";
/** Another network in the country of `home` and `office`. */
export const cafe = "198.51.101.9";

/** Addresses in a hosting network, a VPN's and a relay's, and of IPv6 in the network of `home`. */
export const hosted = "198.51.102.130";
export const throughVpn = "198.51.103.140";
export const throughRelay = "198.51.104.150";
export const homeOverIpv6 = "2001:db8:7::1";

/** Where the addresses above are, by how they begin. */
const places: readonly (readonly [prefix: string, place: Place])[] = [
  ["203.0.113.", { country: "NO", asn: 64_500, city: { name: "Oslo", latitude: 59.9, longitude: 10.7, radiusKm: 20 } }],
  ["2001:db8:7:", { country: "NO", asn: 64_500, city: undefined }],
  ["198.51.102.", { country: "NO", asn: 24_940, city: undefined }],
  ["198.51.103.", { country: "SE", asn: 9009, city: undefined }],
  ["198.51.104.", { country: "SE", asn: 13_335, city: undefined }],
  [
    "198.51.100.",
    { country: "NO", asn: 64_501, city: { name: "Bergen", latitude: 60.4, longitude: 5.3, radiusKm: 20 } },
  ],
  ["198.51.101.", { country: "NO", asn: 64_503, city: undefined }],
  ["192.0.2.", { country: "BR", asn: 64_502, city: { name: "Rio", latitude: -22.9, longitude: -43.2, radiusKm: 20 } }],
];

/** A geography in which the addresses of these tests are. `10.A.0.1` is in the network AS 65,000 + A, and in countries A, B, C … Z. */
export const geo: GeoReader = {
  place(ip) {
    const made = /^10\.(\d+)\./.exec(ip)?.[1];
    if (made !== undefined) {
      const country = `X${String.fromCharCode(65 + (Number(made) % 26))}`;
      return { country, asn: 65_000 + Number(made), city: undefined };
    }
    return (
      places.find(([prefix]) => ip.startsWith(prefix))?.[1] ?? { country: undefined, asn: undefined, city: undefined }
    );
  },
  networkName: (asn) => `Network ${asn}`,
  data: [{ kind: "country", name: "test", date: "2026-01-01" }],
  lacks: () => undefined,
};

/** A session's id from its number. */
export function idOf(n: number): string {
  return createHash("sha256").update(String(n)).digest("hex").slice(0, 32);
}

/** A session with ordinary values, alive at `now`. */
export function session(given: Partial<DirectorySession> = {}): DirectorySession {
  const createdAt = now - 8 * hour;
  return directorySession({
    id: idOf(0),
    createdAt,
    lastSeenAt: now - minute,
    idleEndsAt: now + 29 * minute,
    endsAt: createdAt + 12 * hour,
    sightings: [{ at: createdAt, ip: home, userAgent: agents.chromeWindows }],
    ...given,
  });
}

/** A session seen with these clients, each for an hour unless it says when (ms after creation). */
export function seenWith(...clients: readonly (Partial<Sighting> & { readonly after?: number })[]): DirectorySession {
  const createdAt = now - 8 * hour;
  return session({
    createdAt,
    sightings: clients.map(({ after, ip, userAgent }, n) => ({ at: createdAt + (after ?? n * hour), ip, userAgent })),
  });
}

/** Audits these sessions in this order. */
export function auditOf(
  sessions: Iterable<DirectorySession>,
  options: Partial<AuditOptions> & { readonly events?: readonly SessionEvent[] } = {},
): AuditReport {
  const reader = createClientReader();
  const { events = [], ...rest } = options;
  const audit = createAudit({ now, reader, geo, layout: "native", capabilities: everything, ...rest });
  for (const event of events) audit.hear(event);
  for (const one of sessions) audit.see(one);
  return audit.report();
}

/** An event, with ordinary values for what is left out. */
export function event(given: Partial<SessionEvent> & Pick<SessionEvent, "type" | "at">): SessionEvent {
  return {
    id: idOf(0),
    user: "alice",
    ip: undefined,
    userAgent: undefined,
    previousId: undefined,
    reason: undefined,
    actor: undefined,
    ...given,
  };
}

/** Ids in a fixed order, for a layout that keeps them. */
export function idStatistics(ids: readonly string[], inOrder = false): () => IdStatistics {
  const statistics = new IdStatistics();
  for (const [n, id] of ids.entries()) statistics.add(id, inOrder ? now + n : undefined);
  return () => statistics;
}

const text = fc.oneof(
  fc.constantFrom(...Object.values(agents), home, office, abroad, "::1", "", "alice", "\u001b[2J", "\ud800", "\u202e"),
  fc.string({ unit: "binary", maxLength: 700 }),
);
const time = fc.oneof(
  fc.constantFrom(0, -1, now, now - hour, Infinity, -Infinity, Number.NaN, Number.MAX_VALUE),
  fc.integer({ min: now - 24 * hour, max: now + 24 * hour }),
);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

/** Sessions as bad as any layout, decoder or client could make them. */
export const hostileSession: fc.Arbitrary<DirectorySession> = fc.record({
  id: fc.oneof(fc.nat(5000).map(idOf), text),
  layout: text,
  corrupt: maybe(text),
  user: maybe(fc.oneof(fc.constantFrom("alice", "bob", "--all", "a'b", "__proto__", "constructor"), text)),
  level: maybe(text),
  createdAt: maybe(time),
  authenticatedAt: maybe(time),
  rotatedAt: maybe(time),
  lastSeenAt: maybe(time),
  idleEndsAt: maybe(time),
  endsAt: maybe(time),
  sightings: fc.array(fc.record({ at: time, ip: maybe(text), userAgent: maybe(text) }), { maxLength: 17 }),
  data: maybe(fc.dictionary(text, fc.jsonValue() as fc.Arbitrary<Json>, { maxKeys: 3 })),
  bytes: maybe(fc.nat()),
});
