import { describe, expect, it } from "vitest";
import { RangeTable } from "../../../src/clients/geography/range-table.js";
import { tableSource } from "../../../src/clients/geography/table-source.js";
import { networkKind } from "../../../src/clients/networks/kinds.js";
import { openGeography } from "../../../src/cli/geography.js";
// @ts-expect-error It is a script, without types.
import { encodeTable } from "../../../scripts/geography/table.mjs";
// @ts-expect-error It is a script, without types.
import { joined } from "../../../scripts/geography/ranges.mjs";

const encode = encodeTable as (ranges: {
  ipv4: readonly (readonly [number, number, number])[];
  ipv6: readonly (readonly [bigint, bigint, number])[];
}) => Uint8Array;
const data = { kind: "asn", name: "test", date: "2026-01-01" } as const;

describe("a compiled table", () => {
  const table = new RangeTable(
    encode({
      ipv4: [
        [0x01000000, 0x010000ff, 13335],
        [0x01000100, 0x010001ff, 70000],
        [0xfffffe00, 0xffffffff, 4_200_000_000],
      ],
      ipv6: [
        [0x20010000_00000000n, 0x20010000_ffffffffn, 6939],
        [0x2a021234_00000000n, 0x2a021234_0000ffffn, 70000],
        [0x2a021234_00020000n, 0x2a02ffff_ffffffffn, 13335],
      ],
    }),
  );

  it.each([
    [0x00ffffff, undefined],
    [0x01000000, 13335],
    [0x010000ff, 13335],
    [0x01000100, 70000],
    [0x010001ff, 70000],
    [0x01000200, undefined],
    [0xfffffdff, undefined],
    [0xffffffff, 4_200_000_000],
  ])("has for the IPv4 address %i the value %s", (address, value) => {
    expect(table.of4(address)).toBe(value);
  });

  it.each([
    [0x2000ffff, 0xffffffff, undefined],
    [0x20010000, 0, 6939],
    [0x20010000, 0xffffffff, 6939],
    [0x20010001, 0, undefined],
    [0x2a021234, 0xffff, 70000],
    [0x2a021234, 0x10000, undefined],
    [0x2a021234, 0x20000, 13335],
    [0x2a02ffff, 0xffffffff, 13335],
    [0x2a030000, 0, undefined],
  ])("has for the IPv6 address %i:%i the value %s", (high, low, value) => {
    expect(table.of6(high, low)).toBe(value);
  });

  it("that is cut off is an error with a hint", () => {
    const bytes = encode({ ipv4: [[1, 2, 3]], ipv6: [] });
    expect(() => tableSource(bytes.subarray(0, 4), data)).toThrow("damaged");
  });

  it("is made of ranges that are in order, without overlaps, neighbours joined", () => {
    const ranges = (joined as (list: unknown) => unknown)([
      [10, 19, 1],
      [0, 9, 1],
      [15, 30, 2],
      [40, 50, 2],
      [41, 45, 3],
    ]);
    expect(ranges).toEqual([
      [0, 19, 1],
      [20, 30, 2],
      [40, 50, 2],
    ]);
  });
});

describe("the data that is built in", () => {
  const geo = openGeography({ geoCountry: undefined, geoAsn: undefined, geoCity: undefined });

  it.each([
    ["8.8.8.8", "US", 15169],
    ["1.1.1.1", "AU", 13335],
    ["::ffff:8.8.8.8", "US", 15169],
    ["[2001:4860:4860::8888]:443", "US", 15169],
    ["2001:4860:4860::8888%eth0", "US", 15169],
    ["193.0.6.139", "NL", 3333],
  ])("knows %s", (ip, country, asn) => {
    expect(geo.place(ip)).toEqual({ country, asn, city: undefined });
  });

  it.each([
    "10.0.0.1",
    "192.168.1.1",
    "203.0.113.7",
    "127.0.0.1",
    "fe80::1%lo",
    "fd00::1",
    "::1",
    "100.64.1.1",
    "x",
    "",
  ])("says nothing of %j, which is nowhere", (ip) => {
    expect(geo.place(ip)).toEqual({ country: undefined, asn: undefined, city: undefined });
  });

  it("says what networks are called, of which day it is, and what there is not", () => {
    expect(geo.networkName(13335)).toMatch(/Cloudflare/);
    expect(geo.networkName(1)).not.toBe("");
    expect(geo.data.map(({ kind }) => kind)).toEqual(["country", "asn"]);
    for (const { name, date } of geo.data) {
      expect(name).toMatch(/^@ip-location-db\//);
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
    expect(geo.lacks("country")).toBeUndefined();
    expect(geo.lacks("city")).toContain("--geo-city");
  });
});

it.each([
  [16509, "hosting"],
  [24940, "hosting"],
  [9009, "vpn"],
  [13335, "relay"],
  [2119, undefined],
  [undefined, undefined],
])("the network %s is of the kind %s", (asn, kind) => {
  expect(networkKind(asn)).toBe(kind);
});
