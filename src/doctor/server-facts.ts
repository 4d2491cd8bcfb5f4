import type { ServerReport } from "../core/server.js";

/** A field of `INFO`; `undefined` when it is not told. */
export function field({ info }: ServerReport, name: string): string | undefined {
  return info.known ? info.value.get(name) : undefined;
}

/** A field of `INFO` that counts; `undefined` when it is not told or no number. */
export function countOf(server: ServerReport, name: string): number | undefined {
  return numberOf(field(server, name));
}

/** A parameter of `CONFIG GET`; `undefined` when it is not told. */
export function parameter({ config }: ServerReport, name: string): string | undefined {
  return config.known ? config.value.get(name) : undefined;
}

/** A number from text of the server; `undefined` for what is none. */
export function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Where a server listens for TCP. */
export interface Listening {
  /** Ports for plain and for encrypted connections; 0 for none. */
  readonly port: number;
  readonly tlsPort: number;
  readonly addresses: readonly string[];
  /** Whether other machines can reach it, as far as its own settings decide. */
  readonly beyondThisMachine: boolean;
}

/** Where a server listens; `undefined` when it does not tell. */
export function listening(server: ServerReport): Listening | undefined {
  const port = numberOf(parameter(server, "port"));
  const bind = parameter(server, "bind");
  if (port === undefined || bind === undefined) return undefined;
  const tlsPort = numberOf(parameter(server, "tls-port")) ?? 0;
  // A dash means that it does not matter whether the address is there.
  const addresses = bind.split(/\s+/).flatMap((word) => (word === "" ? [] : [word.replace(/^-/, "")]));
  const beyond = addresses.some((address) => !/^(127\.|::1$|localhost$)/.test(address));
  return { port, tlsPort, addresses, beyondThisMachine: beyond && (port > 0 || tlsPort > 0) };
}

/** Bytes for people: `512 MB`. */
export function bytesText(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ""}`;
}
