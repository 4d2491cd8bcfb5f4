import ipaddr from "ipaddr.js";
import { quadValue } from "../quad.js";

/** An address as numbers: all of IPv4, or the upper 64 bits of IPv6 in halves. */
type NumericAddress =
  | { readonly family: 4; readonly value: number }
  | { readonly family: 6; readonly high: number; readonly low: number };

/** Longest text that can be an address: IPv6 with brackets, zone and port. */
const maxLength = 96;

const quadWithPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/;
const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/;

/** An address that was read. */
export interface ParsedAddress {
  /** Without brackets, port and zone, IPv4 mapped into IPv6 as IPv4. */
  readonly text: string;
  readonly numbers: NumericAddress;
  /** Whether it is somebody's on the internet: not private, local or reserved. */
  readonly isPublic: boolean;
}

/** Reads an address; `undefined` for what is none. */
export function parseAddress(text: string): ParsedAddress | undefined {
  if (text.length > maxLength) return undefined;
  const value = quadValue(text);
  if (value !== undefined) return of4(text, value);
  const trimmed = text.trim();
  const bare = (quadWithPort.exec(trimmed)?.[1] ?? bracketed.exec(trimmed)?.[1] ?? trimmed).replace(/%.*$/s, "");
  const bareValue = quadValue(bare);
  if (bareValue !== undefined) return of4(bare, bareValue);
  if (!bare.includes(":") || !ipaddr.IPv6.isValid(bare)) return undefined;
  const address = ipaddr.IPv6.parse(bare);
  if (address.isIPv4MappedAddress()) {
    const mapped = address.toIPv4Address().toString();
    return of4(mapped, quadValue(mapped) ?? 0);
  }
  const [a = 0, b = 0, c = 0, d = 0] = address.parts;
  return {
    text: address.toString(),
    numbers: { family: 6, high: a * 2 ** 16 + b, low: c * 2 ** 16 + d },
    isPublic: address.range() === "unicast",
  };
}

function of4(text: string, value: number): ParsedAddress {
  return { text, numbers: { family: 4, value }, isPublic: isPublic(value) };
}

/** What is nobody's on the internet (RFC 6890, RFC 5737), by its first octet; 224 and above is all of it. */
const reserved4: ReadonlyMap<number, readonly (readonly [first: number, bits: number])[]> = new Map(
  (
    [
      [0, 0, 0, 8],
      [10, 0, 0, 8],
      [100, 64, 0, 10],
      [127, 0, 0, 8],
      [169, 254, 0, 16],
      [172, 16, 0, 12],
      [192, 0, 0, 24],
      [192, 0, 2, 24],
      [192, 88, 99, 24],
      [192, 168, 0, 16],
      [198, 18, 0, 15],
      [198, 51, 100, 24],
      [203, 0, 113, 24],
    ] as const
  ).map(([a], _, all) => [
    a,
    all
      .filter(([other]) => other === a)
      .map(([, b, c, bits]) => [a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8, bits] as const),
  ]),
);

function isPublic(value: number): boolean {
  if (value >= 224 * 2 ** 24) return false;
  const ranges = reserved4.get(Math.floor(value / 2 ** 24));
  if (ranges === undefined) return true;
  return !ranges.some(([first, bits]) => value >= first && value < first + 2 ** (32 - bits));
}
