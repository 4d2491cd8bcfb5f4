import { BlockList, isIP, SocketAddress } from "node:net";
import { SessctlError } from "../core/errors.js";

/** Longest text that can be an address: IPv6 with brackets, zone and port. */
const longest = 96;
const quadWithPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/;
const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/;
const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** An address in its one normal form, without port, brackets and zone, mapped IPv4 as IPv4; `undefined` when it is none. */
export function normalAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > longest) return undefined;
  const trimmed = text.trim();
  const bare = quadWithPort.exec(trimmed)?.[1] ?? bracketed.exec(trimmed)?.[1] ?? trimmed;
  if (isIP(bare) === 4) return bare;
  const zoneless = bare.split("%", 1)[0] ?? "";
  if (isIP(zoneless) !== 6) return undefined;
  const { address } = new SocketAddress({ address: zoneless, family: "ipv6" });
  return mapped.exec(address)?.[1] ?? address;
}

/** A test of addresses in normal form against networks such as `10.0.0.0/8`, `fd00::/8`, `192.0.2.1`; `invalid-argument` for what is none. */
export function networks(list: readonly string[]): (address: string) => boolean {
  const inside = new BlockList();
  for (const text of list) {
    const [, network, bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const family = isIP(network ?? "");
    const width = family === 4 ? 32 : 128;
    if (network === undefined || family === 0 || Number(bits ?? 0) > width) {
      throw new SessctlError("invalid-argument", `${JSON.stringify(text)} is not a network`, {
        hint: "Write networks as 10.0.0.0/8, fd00::/8 or 192.0.2.1.",
      });
    }
    inside.addSubnet(network, bits === undefined ? width : Number(bits), family === 4 ? "ipv4" : "ipv6");
  }
  return (address) => inside.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
