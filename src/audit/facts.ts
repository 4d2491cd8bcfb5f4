import { parseAddress } from "../clients/geography/address.js";
import type { GeoReader, Place } from "../clients/geography/geo-reader.js";
import { type NetworkKind, networkKind } from "../clients/networks/kinds.js";
import type { Agent, ClientReader } from "../core/binding.js";
import type { Sighting } from "../core/session.js";
import { networkNumber } from "./network-number.js";

/** Addresses and networks that an operator vouches for, such as offices: to go there or come from there says nothing. */
export interface Trust {
  readonly ip: (ip: string) => boolean;
  readonly asn: (asn: number) => boolean;
}

/** Where somebody was, as far as it can be told. */
export interface Whereabouts {
  /** Number of the /24 or /64, or of the text itself where it is no address; see `networkNumber`. */
  readonly network: number;
  readonly asn: number | undefined;
  readonly country: string | undefined;
  readonly kind: NetworkKind | undefined;
  /** An operator vouches for the address: it is as good as any other. */
  readonly isTrusted: boolean;
}

/** A sighting and what it means; `undefined` where it tells nothing. */
export interface Known {
  readonly sighting: Sighting;
  readonly where: Whereabouts | undefined;
  readonly agent: Agent | undefined;
  /** Equal for equal browser family, system and form factor; empty for a client without a user agent, as tools can be. */
  readonly client: string;
}

const nowhere: Place = { country: undefined, asn: undefined, city: undefined };

/** What rules derive from addresses and user agents; pure but for what is remembered. */
export class Facts {
  readonly reader: ClientReader;
  readonly geo: GeoReader | undefined;
  readonly #trust: Trust | undefined;
  readonly #watched: ((ip: string) => boolean) | undefined;
  readonly #clients = new WeakMap<Agent, string>();

  constructor(reader: ClientReader, geo?: GeoReader, trust?: Trust, watched?: (ip: string) => boolean) {
    this.reader = reader;
    this.geo = geo;
    this.#trust = trust;
    this.#watched = watched;
  }

  /** Whether an operator has a list that names an address, such as Tor's exits. */
  isWatched(ip: string): boolean {
    return this.#watched?.(ip) ?? false;
  }

  /** Where an address is. */
  whereabouts(ip: string): Whereabouts {
    const address = parseAddress(ip);
    const { asn, country } = (address && this.geo?.place(ip, address)) ?? nowhere;
    const kind = networkKind(asn);
    const isTrusted = this.#trust !== undefined && (this.#trust.ip(ip) || this.#isTrustedNetwork(asn));
    return { network: networkNumber(ip, address), asn, country, kind, isTrusted };
  }

  /** Whether an operator vouches for an address. */
  isTrusted(ip: string): boolean {
    return this.#trust !== undefined && (this.#trust.ip(ip) || this.#isTrustedNetwork(this.geo?.place(ip).asn));
  }

  #isTrustedNetwork(asn: number | undefined): boolean {
    return asn !== undefined && this.#trust?.asn(asn) === true;
  }

  /** User agents are few, and their reader gives equal ones as one object. */
  #clientOf(agent: Agent): string {
    let client = this.#clients.get(agent);
    if (client === undefined) this.#clients.set(agent, (client = clientKey(agent)));
    return client;
  }

  /** What a sighting means; `undefined` for one with nothing in it. */
  know(sighting: Sighting): Known | undefined {
    const { ip, userAgent } = sighting;
    if (ip === undefined && userAgent === undefined) return undefined;
    const agent = userAgent === undefined || userAgent === "" ? undefined : this.reader.agent(userAgent);
    return {
      sighting,
      where: ip === undefined ? undefined : this.whereabouts(ip),
      agent,
      client: agent === undefined ? "" : this.#clientOf(agent),
    };
  }
}

/** Whether two addresses are in one network: the same /24 or /64, or the same ASN in one country, so IPv4 and IPv6 of one provider; a trusted one is as good as any. */
export function isSameNetwork(a: Whereabouts, b: Whereabouts): boolean {
  if (a.network === b.network || a.isTrusted || b.isTrusted) return true;
  return a.asn !== undefined && a.asn === b.asn && !isOtherCountry(a, b);
}

/** Whether two addresses are known to be in different countries. */
export function isOtherCountry(a: Whereabouts, b: Whereabouts): boolean {
  return a.country !== undefined && b.country !== undefined && a.country !== b.country;
}

const versionForm = /\b(?:Version|Edg\w*|OPR|CriOS|FxiOS|SamsungBrowser|Vivaldi|Firefox|Chrome)\/(\d+(?:\.\d+)*)/;

/** The whole version of a browser, as far as it says one: `[26, 2]`. */
export function versionOf({ sighting: { userAgent = "" }, agent }: Known): readonly number[] {
  const text = versionForm.exec(userAgent.slice(0, 512))?.[1];
  if (text !== undefined && Number(text.split(".")[0]) === agent?.major) return text.split(".").map(Number);
  return agent?.major === undefined ? [] : [agent.major];
}

/** Whether one version is older than another. */
export function isOlder(a: readonly number[], b: readonly number[]): boolean {
  for (let n = 0; n < Math.min(a.length, b.length); n++) {
    if (a[n] !== b[n]) return (a[n] ?? 0) < (b[n] ?? 0);
  }
  return false;
}

/** What has to be equal for two user agents to be one client. */
export function clientKey(agent: Agent): string {
  return `${agent.browser ?? ""}\0${agent.os ?? ""}\0${agent.form}`;
}

/** Whether an address says nothing about where its user is: many stand behind it, or its user bought it to hide. */
export function isElsewhere(where: Whereabouts | undefined): boolean {
  return where?.kind === "relay" || where?.kind === "vpn";
}

/** The same of a network's number. */
export function isElsewhereKind(asn: number): boolean {
  const kind = networkKind(asn);
  return kind === "relay" || kind === "vpn";
}
