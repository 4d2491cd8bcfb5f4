import type { Redis } from "ioredis";
import type { Transport } from "../core/server.js";
import type { BytesCommand, Command, Reply } from "./wire.js";

/** One server, for what is about it and not about keys anywhere. */
export interface ServerNode {
  /** `host:port`, or the path of a socket. */
  readonly name: string;
  readonly transport: Transport;
  /** Whether the connection stays on this machine. */
  readonly local: boolean;
  /** As what it was reached. */
  readonly role: "master" | "replica";
  /** Runs commands there, in one round trip. One that fails has its error in place of its reply. */
  many(commands: readonly Command[]): Promise<(Reply | Error)[]>;
}

/** Runs commands on one server in one round trip, whichever way replies are to be decoded. */
export async function pipelined(
  client: Redis,
  commands: readonly BytesCommand[],
  call: "call" | "callBuffer",
): Promise<unknown[]> {
  const pipeline = client.pipeline(commands.map(([name, ...args]) => [call, name, ...args]));
  return ((await pipeline.exec()) ?? []).map(([error, reply]) => error ?? reply);
}

/** Where a connection leads. */
export function placeOf({ options, stream }: Redis): Pick<ServerNode, "name" | "transport" | "local"> {
  const { path, tls } = options;
  if (path !== undefined) return { name: path, transport: "socket", local: true };
  // Of a sentinel's master only the connection itself knows the address.
  const { remoteAddress, remotePort } = stream ?? {};
  const isAsked = (options.sentinels ?? null) === null;
  const host = isAsked ? (options.host ?? "localhost") : (remoteAddress ?? "?");
  const port = isAsked ? (options.port ?? 6379) : (remotePort ?? "?");
  return {
    name: `${host.includes(":") ? `[${host}]` : host}:${port}`,
    transport: tls === undefined ? "tcp" : "tls",
    local: /^(localhost|127(\.\d+){3}|::1)$/.test(host),
  };
}
