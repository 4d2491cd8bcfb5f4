import { type Client, maxSightings, type SessionRecord, withSighting } from "./session.js";

/** What a user agent string says, as far as two of them can be compared. */
export interface Agent {
  /** Browser or tool family, `Chrome`, `Firefox`, `curl`; `undefined` when it cannot be told. */
  readonly browser: string | undefined;
  /** Major version of the browser. */
  readonly major: number | undefined;
  /** Operating system family, `Windows`, `iOS`. */
  readonly os: string | undefined;
  readonly form: "desktop" | "mobile" | "tablet" | "other";
  /** Rendering engine family, `Blink`, `Gecko`. */
  readonly engine: string | undefined;
  /** Whether it is a program's that works by itself: a library, a headless browser, a scanner, a crawler; left out: not known. */
  readonly automated?: boolean;
}

/** Reads clients' strings; parsers live outside core and are handed in. */
export interface ClientReader {
  /** The /24 of an IPv4 address, the /64 of an IPv6 one, mapped IPv4 as IPv4; `undefined` when it is no address. */
  readonly network: (ip: string) => string | undefined;
  readonly agent: (userAgent: string) => Agent;
}

/** How two clients differ. `ip` and `userAgent` are the strings; `network` and `agent` what they mean. */
export interface ClientChange {
  readonly ip: boolean;
  readonly network: boolean;
  readonly userAgent: boolean;
  /** Browser family, operating system or form factor differ. */
  readonly agent: boolean;
}

/** Compares two clients. A missing or unreadable value differs only from a readable one. */
export function clientChange(before: Client, after: Client, reader: ClientReader): ClientChange {
  const ip = before.ip !== after.ip;
  const userAgent = before.userAgent !== after.userAgent;
  return {
    ip,
    network: ip && networkOf(before, reader) !== networkOf(after, reader),
    userAgent,
    agent: userAgent && agentOf(before, reader) !== agentOf(after, reader),
  };
}

/** Whether a client was never seen on the session: it is written down at once, since it may not come again. */
function isStranger({ sightings }: SessionRecord, { ip, userAgent }: Client): boolean {
  if (sightings.length >= maxSightings) return false;
  return !sightings.some((seen) => seen.ip === ip && seen.userAgent === userAgent);
}

function networkOf(client: Client, reader: ClientReader): string | undefined {
  return client.ip === undefined ? undefined : (reader.network(client.ip) ?? client.ip);
}

function agentOf(client: Client, reader: ClientReader): string | undefined {
  if (client.userAgent === undefined) return undefined;
  const { browser, os, form } = reader.agent(client.userAgent);
  return JSON.stringify([browser, os, form]);
}

/** How closely a session is bound to who uses it. */
export interface Binding {
  /** Which part of the address must stay: none, all of it, or the /24 (IPv4) or /64 (IPv6). */
  readonly ip: "off" | "exact" | "subnet";
  /** Which part of the user agent must stay: none, all of it, or browser family, operating system and form factor. */
  readonly userAgent: "off" | "exact" | "family";
  /** What becomes of a request that does not match: it is let through and the session flagged, it is refused, or the session ends. */
  readonly onMismatch: "flag" | "refuse" | "revoke";
}

/** Flags what an operator should see and refuses nobody: networks and browsers change in honest hands too. */
export const defaultBinding: Binding = { ip: "subnet", userAgent: "family", onMismatch: "flag" };

/** A session's list of clients grows at most once in so many ms, so that two who take turns do not write at every request. */
const sightingEveryMs = 1000;

/**
 * What a client means for a session: `known` changes nothing; `seen` is a new one to be written down, and `switched` when
 * it does not match the binding; `mismatch` is one that the binding refuses.
 */
export type ClientVerdict =
  | { readonly verdict: "known" }
  | { readonly verdict: "mismatch" }
  | { readonly verdict: "seen"; readonly record: SessionRecord; readonly switched: boolean };

/** Judges the client of a request at `now` (ms) against the last one seen on the session. */
export function judgeClient(
  record: SessionRecord,
  client: Client,
  now: number,
  binding: Binding,
  reader: ClientReader,
): ClientVerdict {
  const next = withSighting(record, client, now);
  if (next === record) return { verdict: "known" };
  const last = record.sightings.at(-1) ?? record.sightings[0];
  const change = clientChange(last, client, reader);
  const switched =
    (binding.ip === "exact" && change.ip) ||
    (binding.ip === "subnet" && change.network) ||
    (binding.userAgent === "exact" && change.userAgent) ||
    (binding.userAgent === "family" && change.agent);
  if (switched && binding.onMismatch !== "flag") return { verdict: "mismatch" };
  if (now - last.at < sightingEveryMs && !(switched && isStranger(record, client))) return { verdict: "known" };
  return { verdict: "seen", record: next, switched };
}
