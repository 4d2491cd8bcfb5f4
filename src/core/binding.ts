import type { Client } from "./session.js";

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

function networkOf(client: Client, reader: ClientReader): string | undefined {
  return client.ip === undefined ? undefined : (reader.network(client.ip) ?? client.ip);
}

function agentOf(client: Client, reader: ClientReader): string | undefined {
  if (client.userAgent === undefined) return undefined;
  const { browser, os, form } = reader.agent(client.userAgent);
  return JSON.stringify([browser, os, form]);
}
