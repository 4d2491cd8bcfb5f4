import { describe, expect, it, test } from "vitest";
import { parseCidr } from "../../src/clients/cidr.js";

describe("a network", () => {
  test.each<[network: string, inside: string[], outside: string[]]>([
    ["10.0.0.0/8", ["10.0.0.0", "10.255.255.255"], ["11.0.0.0", "9.255.255.255"]],
    ["203.0.113.7", ["203.0.113.7", "::ffff:203.0.113.7"], ["203.0.113.8", "::1"]],
    ["203.0.113.77/24", ["203.0.113.1"], ["203.0.114.1"]],
    ["0.0.0.0/0", ["1.2.3.4"], ["2001:db8::1"]],
    ["2001:db8::/32", ["2001:db8:ffff::1", "2001:DB8::1%eth0"], ["2001:db9::1", "10.0.0.1"]],
    ["::/0", ["2001:db8::1"], ["10.0.0.1"]],
    ["::ffff:10.0.0.0/104", ["10.1.2.3"], ["11.0.0.1"]],
    ["fe80::1%eth0", ["fe80::1"], ["fe80::2"]],
  ])("%s", (network, inside, outside) => {
    const contains = parseCidr(network);
    expect(inside.map((ip) => contains(ip))).toEqual(inside.map(() => true));
    expect(outside.map((ip) => contains(ip))).toEqual(outside.map(() => false));
  });

  it("holds nothing that is no address", () => {
    const contains = parseCidr("0.0.0.0/0");
    for (const ip of ["", "x", "1.2.3", "0x7f.1", "01.2.3.4", "1.2.3.4 ", "1.2.3.4/8"])
      expect(contains(ip)).toBe(false);
  });

  test.each(["", "x", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "::/129", "::ffff:10.0.0.0/8", "/8"])(
    "is not %j",
    (text) => {
      expect(() => parseCidr(text)).toThrow(expect.objectContaining({ code: "invalid-argument" }));
    },
  );
});
