import type { GeoKind, GeoReader } from "../../clients/geography/geo-reader.js";
import type { Agent } from "../../core/binding.js";
import type { DirectorySession } from "../../core/ports.js";
import type { Dimension, StatsView } from "./dimension.js";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const durations = [minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 12 * hour, day, 7 * day, 30 * day];
const sizes = [256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768];

/** Every dimension, in the order in which they are shown. To add one, add an entry. */
export const dimensions: readonly Dimension[] = [
  { kind: "words", name: "user", title: "user", about: "whose they are", of: ({ user }) => user },
  { kind: "words", name: "network", title: "network", about: "/24 or /64 of the last address", of: networkOf },
  {
    kind: "words",
    name: "country",
    title: "country",
    about: "country of the last address",
    lacks: lacking("country"),
    of: (session, { geo }) => withIp(session, (ip) => geo?.place(ip).country),
  },
  {
    kind: "words",
    name: "asn",
    title: "network operator",
    about: "who announces the last address (AS)",
    lacks: lacking("asn"),
    of: (session, { geo }) => withIp(session, (ip) => operatorOf(ip, geo)),
  },
  {
    kind: "words",
    name: "browser",
    title: "browser",
    about: "browser or tool",
    of: agentPart(({ browser }) => browser),
  },
  { kind: "words", name: "os", title: "operating system", about: "operating system", of: agentPart(({ os }) => os) },
  {
    kind: "words",
    name: "form",
    title: "form",
    about: "desktop, mobile, tablet or other",
    of: agentPart(({ form }) => form),
  },
  { kind: "words", name: "level", title: "level", about: "authentication level", of: ({ level }) => level },
  { kind: "words", name: "layout", title: "layout", about: "how they are stored", of: ({ layout }) => layout },
  {
    kind: "numbers",
    name: "age",
    title: "age",
    about: "time since they began",
    unit: "ms",
    bounds: durations,
    of: ({ createdAt }, { now }) => since(createdAt, now),
  },
  {
    kind: "numbers",
    name: "idle",
    title: "idle time",
    about: "time since the last request",
    unit: "ms",
    bounds: durations,
    of: ({ lastSeenAt }, { now }) => since(lastSeenAt, now),
  },
  {
    kind: "numbers",
    name: "left",
    title: "time left",
    about: "time until they end unless a request comes",
    unit: "ms",
    bounds: durations,
    of: ({ idleEndsAt, endsAt }, { now }) => {
      if (idleEndsAt === undefined && endsAt === undefined) return undefined;
      return Math.max(0, Math.min(idleEndsAt ?? Infinity, endsAt ?? Infinity) - now);
    },
  },
  {
    kind: "numbers",
    name: "sightings",
    title: "clients seen",
    about: "different clients seen on one session, at most 16",
    unit: "count",
    bounds: [2, 3, 5, 9],
    of: ({ sightings }) => (sightings.length === 0 ? undefined : sightings.length),
  },
  {
    kind: "numbers",
    name: "size",
    title: "size",
    about: "size of the record",
    unit: "bytes",
    bounds: sizes,
    of: ({ bytes }) => bytes,
  },
];

function lacking(kind: GeoKind) {
  return ({ geo }: StatsView) => (geo === undefined ? "there is no data on places" : geo.lacks(kind));
}

function operatorOf(ip: string, geo: GeoReader | undefined): string | undefined {
  const asn = geo?.place(ip).asn;
  return asn === undefined ? undefined : `AS${asn} ${geo?.networkName(asn) ?? ""}`.trim();
}

function since(at: number | undefined, now: number): number | undefined {
  return at === undefined ? undefined : Math.max(0, now - at);
}

function withIp<T>({ sightings }: DirectorySession, read: (ip: string) => T | undefined): T | undefined {
  const ip = sightings.at(-1)?.ip;
  return ip === undefined ? undefined : read(ip);
}

function networkOf(session: DirectorySession, { reader }: StatsView): string | undefined {
  return withIp(session, (ip) => reader.network(ip));
}

function agentPart(part: (agent: Agent) => string | undefined) {
  return ({ sightings }: DirectorySession, { reader }: StatsView): string | undefined => {
    const userAgent = sightings.at(-1)?.userAgent;
    return userAgent === undefined ? undefined : part(reader.agent(userAgent));
  };
}
