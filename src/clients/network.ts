import ipaddr from "ipaddr.js";
import { quadValue } from "./quad.js";

/** Longest text that can be an address: IPv6 with brackets, zone and port. */
const maxAddressLength = 96;

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
  return network4(text) ?? networkOfBare(bareAddress(text.trim()));
}

function bareAddress(text: string): string {
  return quadWithPort.exec(text)?.[1] ?? bracketed.exec(text)?.[1] ?? text;
}

function networkOfBare(address: string): string | undefined {
  const zoneless = address.replace(/%.*$/s, "");
  if (!zoneless.includes(":") || !ipaddr.IPv6.isValid(zoneless)) return network4(address);
  const parsed = ipaddr.IPv6.parse(zoneless);
  if (parsed.isIPv4MappedAddress()) return network4(parsed.toIPv4Address().toString());
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}

/** The /24 of four decimal octets. */
export function network4(text: string): string | undefined {
  return quadValue(text) === undefined ? undefined : `${text.slice(0, text.lastIndexOf("."))}.0/24`;
}
