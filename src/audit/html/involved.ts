import type { Json } from "../../core/session.js";
import type { Finding } from "../finding.js";

/** Something that findings have in common, and in how many of them it is. */
export interface Involved {
  readonly name: string;
  readonly findings: number;
}

/** The networks and the kinds of client that evidence names, the most frequent first. */
export function involved(findings: readonly Finding[]): {
  readonly networks: readonly Involved[];
  readonly clients: readonly Involved[];
} {
  const networks = new Map<string, number>();
  const clients = new Map<string, number>();
  for (const { evidence } of findings) {
    const seen = { networks: new Set<string>(), clients: new Set<string>() };
    look(evidence, seen);
    for (const name of seen.networks) networks.set(name, (networks.get(name) ?? 0) + 1);
    for (const name of seen.clients) clients.set(name, (clients.get(name) ?? 0) + 1);
  }
  return { networks: ranked(networks), clients: ranked(clients) };
}

/** Evidence of rules differs; a client in it is an object with `client`, and where it was in `asn`, `country` and `network`. */
function look(value: Json, seen: { readonly networks: Set<string>; readonly clients: Set<string> }): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) look(item, seen);
    return;
  }
  const { client, asn, asnName, country, network, kind } = value as { readonly [name: string]: Json | undefined };
  if (typeof client === "string") {
    seen.clients.add(client === "?" ? "an unknown client" : client);
    const words = [
      typeof asn === "number" ? `AS${asn}` : typeof network === "string" ? network : undefined,
      typeof asnName === "string" ? asnName : undefined,
      typeof country === "string" ? `(${country})` : undefined,
      typeof kind === "string" ? `– ${kind}` : undefined,
    ].filter((word) => word !== undefined);
    if (words.length > 0) seen.networks.add(words.join(" "));
  }
  for (const item of Object.values(value)) look(item, seen);
}

function ranked(counts: ReadonlyMap<string, number>): readonly Involved[] {
  return [...counts]
    .map(([name, findings]) => ({ name, findings }))
    .toSorted((a, b) => b.findings - a.findings || (a.name < b.name ? -1 : 1));
}
