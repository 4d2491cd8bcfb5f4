import type { ParsedAddress } from "../clients/geography/address.js";
import { hashOf } from "./hash.js";

/** How many /24 there are; the numbers from here on are of other networks. */
const networks4 = 2 ** 24;
const others = 2 ** 31 - networks4;

/**
 * The /24 or /64 of an address as a number below 2^31, or what stands for a text that is no address. Equal for equal
 * networks. Those of IPv4 are exact; of the others, two have one number by a chance of 1 in 2 thousand million, which an
 * attacker who cannot choose his network cannot use.
 */
export function networkNumber(ip: string, address: ParsedAddress | undefined): number {
  if (address === undefined) return networks4 + (hashOf(ip) % others);
  const { numbers } = address;
  if (numbers.family === 4) return Math.floor(numbers.value / 256);
  return networks4 + (((Math.imul(numbers.high, 0x9e3779b1) ^ Math.imul(numbers.low, 0x85ebca6b)) >>> 0) % others);
}

/** Whether a network's number is that of a /24. */
export function isIpv4Network(network: number): boolean {
  return network < networks4;
}
