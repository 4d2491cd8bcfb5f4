import ipaddr from "ipaddr.js";

/** Longest text that can be an address: IPv6 with brackets, zone and port. */
const maxAddressLength = 96;

const decimalQuad = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;
const quadWithPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/;
const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/;

/**
 * The network an address is in: the /24 of IPv4, the /64 of IPv6 (what one household or host is given).
 *
 * IPv4 mapped into IPv6 counts as IPv4; a zone, brackets and a port are ignored. `undefined` when it is no address:
 * hexadecimal, octal and shortened IPv4 (`0x7f.1`, `127.1`) are none.
 */
export function networkOf(text: string): string | undefined {
  if (text.length > maxAddressLength) return undefined;
  const address = bareAddress(text.trim());
  if (decimalQuad.test(address)) return network4(address.split(".").map(Number));
  const zoneless = address.replace(/%.*$/s, "");
  if (!zoneless.includes(":") || !ipaddr.IPv6.isValid(zoneless)) return undefined;
  const parsed = ipaddr.IPv6.parse(zoneless);
  if (parsed.isIPv4MappedAddress()) return network4(parsed.toIPv4Address().octets);
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}

function bareAddress(text: string): string {
  return quadWithPort.exec(text)?.[1] ?? bracketed.exec(text)?.[1] ?? text;
}

function network4(octets: readonly number[]): string | undefined {
  return octets.every((octet) => octet <= 255) ? `${octets.slice(0, 3).join(".")}.0/24` : undefined;
}
