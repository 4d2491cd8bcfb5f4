import ipaddr from "ipaddr.js";
import { SessctlError } from "../core/errors.js";

/** Longest text that can be an address with a prefix length. */
const maxLength = 64;

/**
 * Whether an address is in a network: `10.0.0.0/8`, `2001:db8::/32`, or one address.
 *
 * IPv4 mapped into IPv6 counts as IPv4 and a zone is ignored, on both sides. What is no address is in no network. Throws
 * `invalid-argument` for what is no network.
 */
export function parseCidr(text: string): (ip: string) => boolean {
  const network = text.length > maxLength ? undefined : rangeOf(text.trim());
  if (network === undefined) {
    throw new SessctlError("invalid-argument", `${JSON.stringify(text)} is not an address or a network`, {
      hint: "Write it as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.",
    });
  }
  const [base, bits] = network;
  return (ip) => {
    const address = addressOf(ip);
    return address !== undefined && address.kind() === base.kind() && address.match(base, bits);
  };
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function rangeOf(text: string): readonly [Address, number] | undefined {
  const [, address = "", length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const base = addressOf(address);
  if (base === undefined) return undefined;
  const most = base.kind() === "ipv4" ? 32 : 128;
  // The prefix of a mapped network counts the bits before the IPv4 address.
  const mapped = most === 32 && address.includes(":") ? 96 : 0;
  const bits = length === undefined ? most : Number(length) - mapped;
  return bits >= 0 && bits <= most ? [base, bits] : undefined;
}

function addressOf(text: string): Address | undefined {
  const zoneless = text.replace(/%.*$/s, "");
  if (ipaddr.IPv4.isValidFourPartDecimal(zoneless)) return ipaddr.IPv4.parse(zoneless);
  if (!zoneless.includes(":") || !ipaddr.IPv6.isValid(zoneless)) return undefined;
  const address = ipaddr.IPv6.parse(zoneless);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}
