import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isIpv4Network, networkNumber } from "../../src/audit/network-number.js";
import { parseAddress } from "../../src/clients/geography/address.js";
import { networkOf } from "../../src/clients/network.js";

const numberOf = (ip: string) => networkNumber(ip, parseAddress(ip));

describe("the number of a network", () => {
  it.each([
    ["203.0.113.7", "203.0.113.250"],
    ["203.0.113.7", "::ffff:203.0.113.9"],
    ["10.0.0.1", "10.0.0.2"],
    ["2001:db8::1", "[2001:db8::2]:443"],
    ["fe80::1%eth0", "fe80::2"],
    ["not an address", "not an address"],
  ])("is one for %s and %s", (a, b) => {
    expect(numberOf(a)).toBe(numberOf(b));
  });

  it.each([
    ["203.0.113.7", "203.0.114.7"],
    ["255.255.255.255", "255.255.254.255"],
    ["2001:db8::1", "2001:db8:0:1::1"],
    ["2001:db8::1", "2001:db9::1"],
    ["not an address", "nor is this"],
    ["0.0.1.0", "not an address"],
  ])("differs for %s and %s", (a, b) => {
    expect(numberOf(a)).not.toBe(numberOf(b));
  });

  it("is that of a /24 for IPv4 alone", () => {
    expect(["203.0.113.7", "255.255.255.255", "::ffff:203.0.113.7"].map((ip) => isIpv4Network(numberOf(ip)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(["2001:db8::1", "none"].map((ip) => isIpv4Network(numberOf(ip)))).toEqual([false, false]);
  });

  it("is equal just where the network is, and fits a column", () => {
    const ip = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string());
    fc.assert(
      fc.property(ip, ip, (a, b) => {
        const same = (networkOf(a) ?? a) === (networkOf(b) ?? b);
        expect(numberOf(a) === numberOf(b)).toBe(same);
        expect(new Int32Array([numberOf(a)])[0]).toBe(numberOf(a));
      }),
    );
  });
});
