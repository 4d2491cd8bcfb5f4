import { hostingNetworks } from "./hosting.js";
import { relayNetworks } from "./relays.js";
import { vpnNetworks } from "./vpns.js";

/**
 * What a network is, where it is not one that people are customers of:
 *
 * - `hosting`: servers are rented there; nobody browses from it, but scripts, proxies and those who hide do
 * - `vpn`: exits of VPNs that people buy, so that an address in it says nothing about where somebody is
 * - `relay`: exits that stand between browsers and sites for many at once: private relays, security gateways, CDNs
 */
export type NetworkKind = "hosting" | "vpn" | "relay";

const kinds = new Map<number, NetworkKind>([
  ...hostingNetworks.map((asn) => [asn, "hosting"] as const),
  ...vpnNetworks.map((asn) => [asn, "vpn"] as const),
  ...relayNetworks.map((asn) => [asn, "relay"] as const),
]);

/** What a network (ASN) is by the curated lists in this folder; `undefined` for access networks and all others. */
export function networkKind(asn: number | undefined): NetworkKind | undefined {
  return asn === undefined ? undefined : kinds.get(asn);
}
