import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClientReader } from "../../src/clients/reader.js";

const { network } = createClientReader();

describe("the network of an address", () => {
  it.each([
    ["203.0.113.77", "203.0.113.0/24"],
    ["203.0.113.77:51234", "203.0.113.0/24"],
    [" 203.0.113.77 ", "203.0.113.0/24"],
    ["::ffff:203.0.113.77", "203.0.113.0/24"],
    ["::ffff:cb00:714d", "203.0.113.0/24"],
    ["[::ffff:203.0.113.77]:80", "203.0.113.0/24"],
    ["2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::1]:443", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::1]", "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80::/64"],
    ["[fe80::1%25eth0]:80", "fe80::/64"],
    ["::1", "::/64"],
  ])("%s is in %s", (ip, expected) => {
    expect(network(ip)).toBe(expected);
  });

  it.each([
    "",
    "localhost",
    "256.1.1.1",
    "1.2.3",
    "1.2.3.4.5",
    "0x7f.1",
    "127.1",
    "010.1.2.3",
    "2130706433",
    ":",
    ":::",
    "1::2::3",
    "12345::",
    "203.0.113.77/24",
    "203.0.113.77, 10.0.0.1",
    "203.0.113.77:",
    "[203.0.113.77",
    "1:2:3:4",
    "%",
    "::1%\u001b[31m]",
    "9".repeat(100_000),
    ":".repeat(100_000),
  ])("%j is no address", (text) => {
    expect(network(text)).toBe(text.startsWith("::1%") ? "::/64" : undefined);
  });

  it("is the same for all hosts of a /24 and never for hosts of two", () => {
    const octet = fc.nat(255);
    fc.assert(
      fc.property(octet, octet, octet, octet, octet, octet, (a, b, c, d, host, other) => {
        expect(network(`${a}.${b}.${c}.${d}`)).toBe(network(`${a}.${b}.${c}.${host}`));
        expect(network(`${a}.${b}.${c}.${d}`) === network(`${a}.${b}.${other}.${d}`)).toBe(c === other);
      }),
    );
  });

  it("is the same for an address and its mapped form, with or without a port", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(65_535), (ip, port) => {
        expect(network(ip)).toBeDefined();
        for (const text of [`${ip}:${port}`, `::ffff:${ip}`, `[::ffff:${ip}]:${port}`])
          expect(network(text)).toBe(network(ip));
      }),
    );
  });

  it("does not depend on the spelling of an IPv6 address", () => {
    fc.assert(
      fc.property(fc.ipV6(), (ip) => {
        expect(network(ip)).toBeDefined();
        expect(network(`[${ip.toUpperCase()}%zone]:1`)).toBe(network(ip));
      }),
    );
  });

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."0123456789abcdef:.[]%") })),
        (text) => {
          const answer = network(text);
          expect(answer === undefined || /^[0-9a-f:.]+\/(?:24|64)$/.test(answer)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
