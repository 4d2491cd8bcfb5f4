import { readFileSync } from "node:fs";
import type { Random } from "../../src/demo/random.js";

/** What a provider sells. */
export type NetworkKind = "isp" | "mobile" | "office" | "hosting" | "vpn" | "relay";

/** One network of one provider. */
export interface Network {
  readonly asn: number;
  readonly kind: NetworkKind;
  readonly country: string;
  readonly cidr: string;
}

/** Somewhere to connect from: a provider in a country, of which addresses are drawn. */
export interface Place {
  readonly asn: number;
  readonly country: string;
  readonly v4: readonly [Network, ...Network[]];
  readonly v6: readonly Network[];
}

/** The providers of a list like `networks.tsv`. */
export function readNetworks(file: URL): readonly Network[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [asn, kind, country, cidr] = line.split("\t");
      return { asn: Number(asn), kind: kind as NetworkKind, country: country ?? "", cidr: cidr ?? "" };
    });
}

/** Places of some kinds, drawn at random. */
export class World {
  readonly #places = new Map<NetworkKind, Place[]>();

  constructor(networks: readonly Network[]) {
    const groups = new Map<string, Network[]>();
    for (const network of networks) {
      const key = `${network.asn} ${network.kind} ${network.country}`;
      groups.set(key, [...(groups.get(key) ?? []), network]);
    }
    for (const group of groups.values()) {
      const [v4, ...more] = group.filter(({ cidr }) => !cidr.includes(":"));
      if (v4 === undefined) continue;
      const { asn, kind, country } = v4;
      const place: Place = { asn, country, v4: [v4, ...more], v6: group.filter(({ cidr }) => cidr.includes(":")) };
      this.#places.set(kind, [...(this.#places.get(kind) ?? []), place]);
    }
  }

  /** A place of one of these kinds, in a country where there is one and anywhere otherwise; another provider than `not` if any. */
  place(random: Random, kinds: readonly NetworkKind[], country?: string, not?: Place): Place {
    const all = kinds.flatMap((kind) => this.#places.get(kind) ?? []).filter(({ asn }) => asn !== not?.asn);
    const there = all.filter((place) => place.country === country);
    const [first, ...rest] = there.length > 0 ? there : all;
    if (first === undefined) throw new Error(`no network of the kinds ${kinds.join(", ")}`);
    return random.pick([first, ...rest]);
  }

  /** A place in another country. */
  abroad(random: Random, kinds: readonly NetworkKind[], home: string): Place {
    for (;;) {
      const place = this.place(random, kinds);
      if (place.country !== home) return place;
    }
  }
}

/** An IPv4 address of a place. */
export function ipv4(random: Random, { v4 }: Place): string {
  const [base = "", length = "32"] = random.pick(v4).cidr.split("/");
  const start = base.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const address = start + random.whole(1, 2 ** (32 - Number(length)) - 2);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** The /64 of a household at a place, as a prefix to `ipv6In`; `undefined` where the provider has no IPv6 here. */
export function household(random: Random, { v6 }: Place): string | undefined {
  const [first, ...rest] = v6;
  if (first === undefined) return undefined;
  const groups = random
    .pick([first, ...rest])
    .cidr.replace(/::.*/, "")
    .split(":");
  while (groups.length < 3) groups.push("0");
  return `${groups.slice(0, 3).join(":")}:${random.whole(0, 0xffff).toString(16)}`;
}

/** An address in a household's /64: another one whenever a device makes itself a new privacy address (RFC 8981). */
export function ipv6In(random: Random, prefix: string): string {
  const group = () => random.whole(0x1000, 0xffff).toString(16);
  return `${prefix}:${group()}:${group()}:${group()}:${group()}`;
}
