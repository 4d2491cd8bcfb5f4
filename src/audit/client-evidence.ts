import { headOf } from "../clients/head.js";
import { clientLabel } from "../clients/label.js";
import type { NetworkKind } from "../clients/networks/kinds.js";
import type { Sighting } from "../core/session.js";
import type { Facts } from "./facts.js";

/** A sighting in a finding. */
export type ClientEvidence = {
  readonly at: number | null;
  readonly ip: string | null;
  /** The /24 or /64 of the address. */
  readonly network: string | null;
  /** Number and name of the network that announces the address. */
  readonly asn: number | null;
  readonly asnName: string | null;
  /** `hosting`, `vpn` or `relay`, where the network is one. */
  readonly kind: NetworkKind | null;
  readonly country: string | null;
  readonly userAgent: string | null;
  /** The user agent in short: `Chrome 154 Windows`. */
  readonly client: string;
};

/** Longest texts kept in a finding, so that a report stays small whatever clients send. */
const maxUserAgent = 512;
const maxAddress = 96;

/** What a finding keeps of a sighting. */
export function clientEvidence(sighting: Sighting, facts: Facts): ClientEvidence {
  const { at, ip, userAgent } = sighting;
  const { asn, country, kind } = ip === undefined ? unknown : facts.whereabouts(ip);
  return {
    at: Number.isFinite(at) ? at : null,
    ip: ip === undefined ? null : headOf(ip, maxAddress),
    network: ip === undefined ? null : (facts.reader.network(ip) ?? null),
    asn: asn ?? null,
    asnName: asn === undefined ? null : (facts.geo?.networkName(asn) ?? null),
    kind: kind ?? null,
    country: country ?? null,
    userAgent: userAgent === undefined ? null : headOf(userAgent, maxUserAgent),
    client: clientLabel(userAgent, facts.reader),
  };
}

const unknown = { asn: undefined, country: undefined, kind: undefined };

/** A sighting in a sentence: `Chrome 154 Windows (203.0.113.7, NO, AS64500 Example)`. */
export function inWords(evidence: ClientEvidence): string {
  const { client } = evidence;
  return `${client === "?" ? "an unknown client" : client} (${placeInWords(evidence)})`;
}

/** An address in a sentence, with where it is: `203.0.113.7 (NO, AS64500 Example)`. */
export function addressInWords({ ip, ...where }: ClientEvidence): string {
  const [address, ...rest] = [ip ?? "an unknown address", ...whereInWords(where)];
  return rest.length === 0 ? address : `${address} (${rest.join(", ")})`;
}

/** Where a sighting was: `203.0.113.7, NO, AS64500 Example, a hosting network`. */
export function placeInWords({ ip, ...where }: ClientEvidence): string {
  return [ip ?? "address unknown", ...whereInWords(where)].join(", ");
}

function whereInWords({ country, asn, asnName, kind }: Omit<ClientEvidence, "ip">): readonly string[] {
  const network = asn === null ? [] : [asnInWords(asn, asnName)];
  const what = kind === null ? [] : [kind === "hosting" ? "a hosting network" : kind === "vpn" ? "a VPN" : "a relay"];
  return [...(country === null ? [] : [country]), ...network, ...what];
}

/** A network in a sentence: `AS64500 Example`. */
export function asnInWords(asn: number, name: string | null): string {
  return `AS${asn}${name === null ? "" : ` ${name}`}`;
}
